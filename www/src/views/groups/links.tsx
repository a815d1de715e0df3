/* The invitation links of a group: made, copied, revoked. */
import { useEffect, useState } from 'preact/hooks';
import type { GroupHead } from '../../api/groups';
import type { GroupLink } from '../../api/joining';
import { Button } from '../../design/button';
import { Waiting } from '../../design/empty';
import { Choice, Field } from '../../design/field';
import { t } from '../../i18n';
import { untilTime } from '../../i18n/format';
import { copy } from '../../platform/clipboard';
import { useAction } from '../action';
import { minute } from '../clock';
import { useUser } from '../session';
import './links.css';

const HOUR = 3600;
const SPANS = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, never: null } as const;
type Span = keyof typeof SPANS;

export function Links({ group: { id } }: { group: GroupHead }) {
  const { joining } = useUser();
  const loading = useAction();
  const [links, setLinks] = useState<readonly GroupLink[] | null>(null);
  const load = async (): Promise<void> => {
    setLinks(await joining.links(id));
  };
  useEffect(() => {
    void loading.run(load);
  }, [id]);
  const revoke = async (link: GroupLink): Promise<void> => {
    await joining.revokeLink(id, link.id);
    await load();
  };
  return (
    <>
      <NewLinkForm
        id={id}
        onMade={(link) => {
          setLinks([link, ...(links ?? [])]);
        }}
      />
      {loading.problem && (
        <p class="field__error" role="alert">
          {loading.problem.text}
        </p>
      )}
      {links === null && loading.busy && <Waiting label={t('common.loading')} />}
      {links?.length === 0 && <p class="standing">{t('links.none')}</p>}
      {links && links.length > 0 && (
        <ul class="links" aria-label={t('links.list')}>
          {links.map((link) => (
            <LinkRow key={link.id} link={link} onRevoke={revoke} />
          ))}
        </ul>
      )}
    </>
  );
}

function NewLinkForm({ id, onMade }: { id: number; onMade: (link: GroupLink) => void }) {
  const { joining } = useUser();
  const action = useAction();
  const [span, setSpan] = useState<Span>('week');
  const [uses, setUses] = useState('');
  const add = async (): Promise<void> => {
    const most = uses.trim() === '' ? {} : { max_uses: Number(uses) };
    onMade(await joining.addLink(id, { expires_in: SPANS[span], ...most }));
  };
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(add);
      }}
    >
      <p class="standing">{t('links.text')}</p>
      <Choice
        legend={t('links.expires')}
        name="expires"
        value={span}
        options={(Object.keys(SPANS) as Span[]).map((one) => [one, t(`links.expires.${one}`)])}
        onChange={setSpan}
      />
      <Field
        label={t('links.uses')}
        hint={t('links.uses.hint')}
        value={uses}
        onInput={(text) => {
          setUses(text.replace(/\D/g, ''));
        }}
        maxLength={5}
        optional
        error={action.problem?.text}
      />
      <div class="form__end">
        <Button type="submit" kind="primary" icon="link" busy={action.busy}>
          {t('links.add')}
        </Button>
      </div>
    </form>
  );
}

/* null: it works. */
function endOf(link: GroupLink, now: number): 'revoked' | 'expired' | 'used_up' | null {
  if (link.revoked_at !== null) return 'revoked';
  if (link.expires_at !== null && link.expires_at <= now) return 'expired';
  return link.max_uses !== null && link.uses >= link.max_uses ? 'used_up' : null;
}

interface LinkRowProps {
  link: GroupLink;
  onRevoke: (link: GroupLink) => Promise<void>;
}

function LinkRow({ link, onRevoke }: LinkRowProps) {
  const action = useAction();
  const [copied, setCopied] = useState(false);
  const address = new URL(link.path, document.baseURI).href;
  const end = endOf(link, minute.value);
  return (
    <li class="link">
      <p class={`link__address ${end ? 'link__address--ended' : ''}`}>{address}</p>
      <p class="link__more">
        {end && <span class="tag tag--danger">{t(`links.state.${end}`)}</span>}
        {!end &&
          (link.expires_at === null
            ? t('links.forever')
            : t('links.until', untilTime(link.expires_at)))}{' '}
        · {t('links.used', link.uses, link.max_uses)}
      </p>
      {!end && (
        <div class="link__actions">
          <Button
            icon={copied ? 'check' : 'copy'}
            name={t('links.copy.name', link.path)}
            onClick={() => {
              void copy(address).then(setCopied);
            }}
          >
            {t(copied ? 'links.copied' : 'links.copy')}
          </Button>
          <Button
            kind="danger"
            busy={action.busy}
            name={t('links.revoke.name', link.path)}
            onClick={() => {
              void action.run(() => onRevoke(link));
            }}
          >
            {t('links.revoke')}
          </Button>
        </div>
      )}
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
    </li>
  );
}
