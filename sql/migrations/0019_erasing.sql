-- Until then, logging in changes one's mind about erasing the account.
ALTER TABLE user ADD COLUMN erase_at BIGINT NULL, ALGORITHM=INSTANT;
ALTER TABLE user ADD KEY erase_at (erase_at), ALGORITHM=INPLACE, LOCK=NONE;

-- Whose account is being erased, and how far that has come: killed anywhere, it goes on.
CREATE TABLE erasing (
  user_id    BIGINT NOT NULL,
  step       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- the next one
  again      TINYINT NOT NULL, -- 1: all steps once more, for what was under way when it began
  started_at BIGINT NOT NULL,
  due_at     BIGINT NOT NULL,
  PRIMARY KEY (user_id),
  KEY due (due_at),
  CONSTRAINT erasing_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Names that nobody gets any more: SHA-256 of user.username_key.
CREATE TABLE erased_name (
  hash BINARY(32) NOT NULL,
  PRIMARY KEY (hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What is left of the groups that somebody was in.
ALTER TABLE former_member ADD KEY user_id (user_id), ALGORITHM=INPLACE, LOCK=NONE;
