-- What somebody who left a group finds again when they come back.
CREATE TABLE former_member (
  conversation_id BIGINT NOT NULL,
  user_id         BIGINT NOT NULL,
  muted_until     BIGINT NOT NULL, -- leaving ends no mute
  cleared_seq     BIGINT NOT NULL, -- and brings back nothing that was cleared
  PRIMARY KEY (conversation_id, user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Whoever adds to somebody's notifications holds their row here until the commit.  So the ids of one
-- person become visible in their order, and no mark "read up to here" covers what nobody has seen.
CREATE TABLE notification_turn (
  user_id BIGINT NOT NULL PRIMARY KEY,
  taken   BIGINT NOT NULL -- how many times
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What somebody holds out ends with their membership, or with a block.
ALTER TABLE group_link
  ADD KEY creator (group_id, creator_id);
ALTER TABLE group_request
  ADD KEY offers (group_id, inviter_id, pending),
  ADD KEY between_two (user_id, inviter_id, pending);

-- It made every mention lock the person after their turn, and a change between two people locks them
-- before it.  Rows of users are never deleted.
ALTER TABLE notification DROP FOREIGN KEY notification_user;
