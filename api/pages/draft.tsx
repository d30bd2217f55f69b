import { warekiTime } from "../../domain/wareki.ts";
import type { FormsView } from "./form.tsx";
import type { ItemPages } from "./item-pages.tsx";
import { PostForm } from "./post-form.tsx";

interface OfRequest {
  readonly request: string;
}

const pathOf = (request: string): string => `/requests/${encodeURIComponent(request)}/draft`;

/** Says that something is kept and not sent, and lets it go. */
export const DraftKept = ({ request, forms }: OfRequest & { readonly forms: FormsView }) =>
  forms.draft === undefined || forms.tried !== null ? null : (
    <div class="notice draft">
      <p>
        <strong>下書きがあります。</strong>
        <time dateTime={forms.draft.savedAt}>{warekiTime(forms.draft.savedAt)}</time>
        に保存した内容を、下の欄に戻しました。まだ提出されていません。
      </p>
      <PostForm action={`${pathOf(request)}/discard`} label="下書きの破棄">
        <button class="button button-quiet" type="submit">
          下書きを捨てる
        </button>
      </PostForm>
    </div>
  );

const Turn = ({ request, to, children }: OfRequest & { readonly to: number; readonly children: string }) => (
  <button
    class="button button-quiet"
    type="submit"
    name="to"
    value={to}
    formAction={pathOf(request)}
    formEncType="application/x-www-form-urlencoded"
  >
    {children}
  </button>
);

/**
 * Saves what is typed without sending it, and goes on to another page if wanted. Where scripts run, autosave.js does
 * the same from time to time.
 */
export const SaveDraft = ({
  request,
  pages: { shown, links },
}: OfRequest & { readonly pages: ItemPages }) => (
  <>
    {/* Texts only: a file is attached, or chosen anew. */}
    <button
      class="button button-quiet"
      type="submit"
      formAction={pathOf(request)}
      formEncType="application/x-www-form-urlencoded"
    >
      下書きを保存する
    </button>
    {shown > 1 ? (
      <Turn request={request} to={shown - 1}>
        下書きを保存して前の頁へ
      </Turn>
    ) : null}
    {shown < links.length ? (
      <Turn request={request} to={shown + 1}>
        下書きを保存して次の頁へ
      </Turn>
    ) : null}
    <span class="draft-said" role="status" />
    <script src="/assets/autosave.js" defer />
  </>
);
