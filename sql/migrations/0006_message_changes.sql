-- What became of a message after it was sent.  Every change is a row of the stream, too.
ALTER TABLE message
  ADD COLUMN changed_seq BIGINT NULL, -- the latest row that changed this one
  ADD COLUMN pinned_at   BIGINT NULL,
  ADD COLUMN reactions   TEXT NULL,   -- JSON list of {emoji, count, user_ids}; NULL: none
  ALGORITHM=INSTANT;

-- The texts that were replaced.
CREATE TABLE message_edit (
  conversation_id BIGINT NOT NULL,
  seq             BIGINT NOT NULL, -- of the message
  edit_seq        BIGINT NOT NULL, -- of the row that replaced this text
  text            TEXT NOT NULL,
  edited_at       BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, seq, edit_seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE reaction (
  conversation_id BIGINT NOT NULL,
  seq             BIGINT NOT NULL, -- of the message
  emoji           VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  user_id         BIGINT NOT NULL,
  reaction_seq    BIGINT NOT NULL, -- of the row that says so
  PRIMARY KEY (conversation_id, seq, emoji, user_id),
  KEY earliest (conversation_id, seq, emoji, reaction_seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Which messages are pinned, a few in each conversation.
CREATE TABLE pin (
  conversation_id BIGINT NOT NULL,
  seq             BIGINT NOT NULL, -- of the message
  pin_seq         BIGINT NOT NULL, -- of the row that says so
  PRIMARY KEY (conversation_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What a member has deleted for themselves alone.
CREATE TABLE hidden_message (
  conversation_id BIGINT NOT NULL,
  user_id         BIGINT NOT NULL,
  seq             BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, user_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
