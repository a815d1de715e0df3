-- What a member leaves in a conversation for later, on all their devices.
ALTER TABLE member
  ADD COLUMN marked_unread    TINYINT NOT NULL DEFAULT 0, -- by hand, until something is read there
  ADD COLUMN draft_text       TEXT NULL,                  -- begun and not sent
  ADD COLUMN draft_reply_to   BIGINT NULL,
  ADD COLUMN draft_updated_at BIGINT NOT NULL DEFAULT 0,  -- or when it was cleared
  ALGORITHM=INSTANT;
