// A conversation in which much was said long ago, made by the database itself: sending it would
// take longer than the test.
import { sql } from './database.mjs';

/** Adds messages "no. 1" … "no. COUNT", `every` milliseconds apart up to now, by these two in turn, of many
 * heights.  All that was there counts as older, and all is read.  Resolves to the time at which no. 0 would be. */
export async function lengthen(conversation, [one, other], { count, every }) {
	const first = Date.now() - count * every;
	await sql(`
		SET @before = (SELECT last_seq FROM conversation WHERE id = ${conversation});
		SET @ordinal = (SELECT last_ordinal FROM conversation WHERE id = ${conversation});
		UPDATE message SET created_at = ${first} WHERE conversation_id = ${conversation};
		INSERT INTO message (conversation_id, seq, ordinal, sender_id, client_key, kind, body, created_at)
		  SELECT ${conversation}, @before + seq, @ordinal + seq, IF(seq % 3, ${one.id}, ${other.id}), CONCAT('long ', seq),
		    'text', JSON_OBJECT('text', CONCAT('no. ', seq, REPEAT(' 很长的话', seq % 9))), ${first} + seq * ${every}
		  FROM seq_1_to_${count};
		UPDATE conversation SET last_seq = @before + ${count}, last_ordinal = @ordinal + ${count},
		  last_message_seq = @before + ${count}, updated_at = ${Date.now()} WHERE id = ${conversation};
		UPDATE member SET read_seq = @before + ${count}, read_ordinal = @ordinal + ${count},
		  delivered_seq = @before + ${count} WHERE conversation_id = ${conversation};`);
	return first;
}
