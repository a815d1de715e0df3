/* The list of a group's members, page by page: owner and administrators first.  Who was loaded is
 * shown as known here, so that changes appear as they come; those who joined come by a reload. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { GroupHead, Member, Role } from '../../api/groups';
import { codeOf } from '../../api/errors';
import { language } from '../../i18n';
import type { UserStore } from '../../store/user_store';
import { useUser } from '../session';

const PAGE = 100;
const RANK: Record<Role, number> = { owner: 0, admin: 1, member: 2 };

export interface MemberPages {
  members: Member[];
  loading: boolean;
  failure: string | null;
  more: boolean;
  loadMore: () => void;
}

export function useMembers({ id, changed_seq }: GroupHead): MemberPages {
  const user = useUser();
  const known = user.members.of(id).value;
  const [ids, setIds] = useState<readonly number[]>([]);
  const [more, setMore] = useState(false);
  const [loading, setLoading] = useState(true);
  const [failure, setFailure] = useState<string | null>(null);
  const pages = useRef(1);
  const latest = useRef(0);
  const up = ['live', 'polling'].includes(user.connection.state.value);

  const load = (): void => {
    latest.current += 1;
    const turn = latest.current;
    setLoading(true);
    setFailure(null);
    fetchPages(user, id, pages.current)
      .then(
        (answer) => {
          if (turn !== latest.current) return;
          setIds(answer.ids);
          setMore(answer.more);
        },
        (error: unknown) => {
          if (turn === latest.current) setFailure(codeOf(error));
        },
      )
      .finally(() => {
        if (turn === latest.current) setLoading(false);
      });
  };
  useEffect(load, [id, changed_seq, up]);

  const members = ids.flatMap((member) => known.get(member) ?? []);
  const order = new Intl.Collator(language.value);
  const name = (member: Member): string => user.names.inGroup(id, member.user.id) ?? '';
  members.sort(
    (a, b) =>
      RANK[a.role] - RANK[b.role] ||
      (more ? a.user.id - b.user.id : order.compare(name(a), name(b))), // pages must not mix
  );
  return {
    members,
    loading,
    failure,
    more,
    loadMore: () => {
      pages.current += 1;
      load();
    },
  };
}

async function fetchPages(
  user: UserStore,
  id: number,
  pages: number,
): Promise<{ ids: number[]; more: boolean }> {
  const leaders = await user.members.page(id, { role: 'admin', limit: PAGE });
  const owner = await user.members.page(id, { role: 'owner', limit: 1 });
  const ids = [...owner.members, ...leaders.members].map(({ user: { id: member } }) => member);
  let more = true;
  for (let page = 0, after = 0; more && page < pages; page += 1) {
    const answer = await user.members.page(id, { role: 'member', after, limit: PAGE });
    ids.push(...answer.members.map(({ user: { id: member } }) => member));
    after = ids.at(-1) ?? 0;
    ({ more } = answer);
  }
  return { ids, more };
}
