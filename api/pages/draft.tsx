import { warekiTime } from "../../domain/wareki.ts";
import type { FormsView } from "./form.tsx";
import { PostForm } from "./post-form.tsx";

const pathOf = (request: string): string => `/requests/${encodeURIComponent(request)}/draft`;

/** Says that something is kept and not sent, and lets it go. */
export const DraftKept = ({ request, forms }: { readonly request: string; readonly forms: FormsView }) =>
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

/** Saves what is typed without sending it. Where scripts run, autosave.js does the same from time to time. */
export const SaveDraft = ({ request }: { readonly request: string }) => (
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
    <span class="draft-said" role="status" />
    <script src="/assets/autosave.js" defer />
  </>
);
