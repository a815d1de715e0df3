-- A pack of stickers that the administrator has installed.
CREATE TABLE sticker_pack (
  id         BIGINT NOT NULL AUTO_INCREMENT,
  name       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- adding it again updates it
  title      LONGTEXT NOT NULL, -- JSON: a text for each language
  author     VARCHAR(200) NOT NULL,
  licence    VARCHAR(200) NOT NULL,
  position   BIGINT NOT NULL, -- among the packs
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY name (name),
  KEY position (position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- A sticker: of a pack, or somebody's own.  Its picture is a media of purpose sticker, of nobody (0)
-- or of theirs.
CREATE TABLE sticker (
  id         BIGINT NOT NULL AUTO_INCREMENT,
  pack_id    BIGINT NULL,
  owner_id   BIGINT NULL,
  media_id   BIGINT NOT NULL,
  file       VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL, -- its name in the pack
  emoji      VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, -- "": none
  keywords   LONGTEXT NOT NULL, -- JSON list
  position   BIGINT NOT NULL,   -- in the pack
  created_at BIGINT NOT NULL,
  removed_at BIGINT NULL, -- by its owner; it stays for those who have it among their favourites
  PRIMARY KEY (id),
  UNIQUE KEY pack_file (pack_id, file),
  KEY owner (owner_id, removed_at),
  KEY media (media_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What somebody wants at hand, whosesoever it is.
CREATE TABLE sticker_favourite (
  user_id    BIGINT NOT NULL,
  sticker_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, sticker_id),
  KEY latest (user_id, created_at),
  KEY sticker (sticker_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What somebody has sent, and when last.
CREATE TABLE sticker_recent (
  user_id    BIGINT NOT NULL,
  sticker_id BIGINT NOT NULL,
  used_at    BIGINT NOT NULL,
  PRIMARY KEY (user_id, sticker_id),
  KEY latest (user_id, used_at),
  KEY sticker (sticker_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
