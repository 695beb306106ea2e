import { useLocale, useTranslations } from 'next-intl';
import { Icon } from '@/components/glyphs/icon';
import { CopyButton } from '@/components/ui/copy-button';
import { fileSize } from '@/domain/cases/file-size';
import { formatCount } from '@/domain/format/count';
import { toShortBusinessText } from '@/domain/time-range';
import type { CaseFileRow } from '@/server/queries/cases/case-work';
import { Part } from './part';

const ACCEPT = '.pdf,.png,.jpg,.jpeg,.tif,.tiff,.docx,.xlsx,.pptx,.csv,.txt,.json';

/** Evidence files with their hashes; each is only ever downloaded. The form goes to a route of its own, which takes files as they are. */
export function Files({
  no,
  files,
  workable,
}: {
  readonly no: string;
  readonly files: readonly CaseFileRow[];
  readonly workable: boolean;
}) {
  const t = useTranslations('cases');
  const locale = useLocale();
  return (
    <Part id="files" title={t('detail.files')} meta={formatCount(files.length)}>
      {files.length === 0 && !workable ? <p className="cs-none">{t('files.none')}</p> : null}
      <ul className="cs-files">
        {files.map((file) => (
          <li key={file.id} data-file={file.name}>
            <span className="row">
              <Icon name="file" small />
              <a
                className="fig cut"
                href={`/cases/${no}/files/${file.id}`}
                download
                title={file.name}
                aria-label={t('files.download', { name: file.name })}
              >
                {file.name}
              </a>
              <span className="meta push nowrap">
                {t(`files.kind.${file.kind}`)} · {fileSize(file.bytes)}
              </span>
            </span>
            {file.description ? <span className="cut t2">{file.description}</span> : null}
            <span className="row meta">
              <span className="nowrap" lang={locale}>
                {file.by} · {toShortBusinessText(file.at, new Date())}
              </span>
              <span className="mono cut push" title={`SHA-256 ${file.sha256}`}>
                {file.sha256.slice(0, 12)}…
              </span>
              <CopyButton value={file.sha256} what="SHA-256" />
            </span>
          </li>
        ))}
      </ul>
      {workable ? (
        <form className="cs-file-form" method="post" action={`/cases/${no}/files`} encType="multipart/form-data">
          <input className="input" type="file" name="file" required accept={ACCEPT} aria-label={t('files.choose')} />
          <span className="cs-inline-in">
            <input
              className="input"
              name="description"
              maxLength={500}
              autoComplete="off"
              aria-label={t('files.description')}
              placeholder={t('files.description')}
            />
            <button type="submit" className="btn">
              {t('files.add')}
            </button>
          </span>
          <p className="meta">{t('files.hint')}</p>
        </form>
      ) : null}
    </Part>
  );
}
