import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from "openid-client";

/** Who confirms who somebody is: an OpenID Provider that knows us as a confidential client. */
export interface ProviderSettings {
  /** Exactly as the provider writes it into its tokens. http only on loopback, which config.ts sees to. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly publicUrl: string;
}

/** What ties the answer of the provider to the browser that was sent there. */
export interface SignInChecks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Authorization code flow with PKCE (RFC 7636 S256), state and nonce (OpenID Connect Core 1.0 section 3.1). */
export interface SignInProvider {
  readonly leave: () => Promise<{ readonly address: string; readonly checks: SignInChecks }>;
  /** The subject the provider confirms. Throws if the answer is not one to this browser's question. */
  readonly subjectOf: (answer: { readonly url: string; readonly checks: SignInChecks }) => Promise<string>;
}

/** The provider's own description, asked for when first needed; asked again if it could not be had. */
const discovered = ({ issuer, clientId, clientSecret }: ProviderSettings): (() => Promise<Configuration>) => {
  let found: Promise<Configuration> | null = null;
  const ask = (): Promise<Configuration> =>
    discovery(new URL(issuer), clientId, undefined, ClientSecretBasic(clientSecret), {
      execute: issuer.startsWith("http:") ? [allowInsecureRequests] : [],
    }).catch((error: unknown) => {
      found = null;
      throw error;
    });
  return () => (found ??= ask());
};

export const makeSignInProvider = (settings: ProviderSettings): SignInProvider => {
  const configuration = discovered(settings);
  return {
    leave: async () => {
      const checks = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
      const address = buildAuthorizationUrl(await configuration(), {
        redirect_uri: `${settings.publicUrl}/sign-in/callback`,
        scope: "openid",
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: "S256",
      });
      return { address: address.href, checks };
    },
    subjectOf: async ({ url, checks }) => {
      const tokens = await authorizationCodeGrant(
        await configuration(),
        new URL(`${settings.publicUrl}${url}`),
        {
          expectedState: checks.state,
          expectedNonce: checks.nonce,
          pkceCodeVerifier: checks.verifier,
          idTokenExpected: true,
        },
      );
      const claims = tokens.claims();
      if (claims === undefined) throw new Error("an answer without an ID token");
      return claims.sub;
    },
  };
};
