-- A group is a conversation of kind 'group' with one of these rows, under the same id.
CREATE TABLE chat_group (
  id             BIGINT NOT NULL PRIMARY KEY,              -- its conversation's
  name           VARCHAR(64) NOT NULL,
  name_key       VARCHAR(192) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, -- NFKC, case folded
  avatar         VARCHAR(64) NULL,
  description    VARCHAR(500) NOT NULL DEFAULT '',
  announcement   VARCHAR(2000) NOT NULL DEFAULT '',
  announced_by   BIGINT NULL,
  announced_at   BIGINT NULL,
  owner_id       BIGINT NOT NULL,
  join_policy    VARCHAR(10) CHARACTER SET ascii NOT NULL, -- open | approval | invitation
  findable       TINYINT NOT NULL DEFAULT 1,               -- by name or number
  shares_history TINYINT NOT NULL DEFAULT 0,               -- with those who join
  member_count   BIGINT NOT NULL,
  member_limit   BIGINT NOT NULL,
  changed_seq    BIGINT NOT NULL DEFAULT 0,                -- the latest row of its stream about itself
  created_at     BIGINT NOT NULL,
  dissolved_at   BIGINT NULL,                              -- from then on only to be read
  KEY name_key (name_key),
  KEY owner_id (owner_id),
  CONSTRAINT chat_group_conversation FOREIGN KEY (id) REFERENCES conversation (id),
  CONSTRAINT chat_group_owner FOREIGN KEY (owner_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What a send has to know stands where a send looks anyway.
ALTER TABLE conversation
  ADD COLUMN mute_all  TINYINT NOT NULL DEFAULT 0, -- only the owner and administrators write
  ADD COLUMN dissolved TINYINT NOT NULL DEFAULT 0;

ALTER TABLE member
  ADD COLUMN role        VARCHAR(6) CHARACTER SET ascii NOT NULL DEFAULT 'member', -- owner | admin | member
  ADD COLUMN nickname    VARCHAR(32) NOT NULL DEFAULT '', -- in this group; '': the person's own
  ADD COLUMN muted_until BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN announcement_read BIGINT NOT NULL DEFAULT 0, -- announced_at of the one that was read
  ADD KEY role (conversation_id, role, user_id);

-- Somebody wants to join, or somebody was invited to.
CREATE TABLE group_request (
  id          BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  group_id    BIGINT NOT NULL,
  user_id     BIGINT NOT NULL,                          -- who would become a member
  inviter_id  BIGINT NULL,                              -- the member who proposed it
  awaits      VARCHAR(6) CHARACTER SET ascii NOT NULL,  -- whose answer: admins | user
  message     VARCHAR(200) NOT NULL DEFAULT '',
  status      VARCHAR(10) CHARACTER SET ascii NOT NULL, -- pending | accepted | declined
  pending     TINYINT NULL,                             -- 1 while pending, else NULL: one at a time
  created_at  BIGINT NOT NULL,
  answered_at BIGINT NULL,
  answered_by BIGINT NULL,
  UNIQUE KEY pending_user (group_id, user_id, pending),
  KEY inbox (group_id, awaits, status, id),
  KEY invitations (user_id, awaits, status, id),
  CONSTRAINT group_request_group FOREIGN KEY (group_id) REFERENCES chat_group (id),
  CONSTRAINT group_request_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE group_link (
  id         BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  group_id   BIGINT NOT NULL,
  token      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  creator_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NULL,
  max_uses   BIGINT NULL,
  uses       BIGINT NOT NULL DEFAULT 0,
  revoked_at BIGINT NULL,
  UNIQUE KEY token (token),
  KEY group_id (group_id, id),
  CONSTRAINT group_link_group FOREIGN KEY (group_id) REFERENCES chat_group (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Which messages of a group name whom; user 0 is everybody.
CREATE TABLE mention (
  conversation_id BIGINT NOT NULL,
  user_id         BIGINT NOT NULL,
  seq             BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, user_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
