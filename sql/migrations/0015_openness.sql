-- What people show of themselves.  Each is mutual: who hides it does not see it of others either.
ALTER TABLE user
  ADD COLUMN sends_read_receipts TINYINT NOT NULL DEFAULT 1,
  ADD COLUMN shows_presence      TINYINT NOT NULL DEFAULT 1, -- and when they were last seen
  ADD COLUMN sends_typing        TINYINT NOT NULL DEFAULT 1,
  ALGORITHM=INSTANT;
