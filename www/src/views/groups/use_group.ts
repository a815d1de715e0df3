/* All of a group, fetched when its page is opened and after each change of it. */
import { useEffect, useState } from 'preact/hooks';
import type { Group, GroupHead } from '../../api/groups';
import { codeOf } from '../../api/errors';
import { useUser } from '../session';

export function useGroup({ id, changed_seq }: GroupHead): {
  group: Group | null;
  failure: string | null;
} {
  const { groups, connection } = useUser();
  const [failure, setFailure] = useState<string | null>(null);
  const group = groups.details.value.get(id) ?? null;
  const current = group !== null && group.changed_seq >= changed_seq;
  const up = connection.state.value !== 'offline';
  useEffect(() => {
    if (current || !up) return;
    setFailure(null);
    groups.load(id).catch((error: unknown) => {
      setFailure(codeOf(error));
    });
  }, [id, current, up]);
  return { group, failure };
}
