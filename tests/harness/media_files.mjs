// Small files of every format that is known, made of nothing but their structure, and what can be
// wrong with them.
import { deflateSync } from 'node:zlib';

/** Pictures that decoders take: 40x30, 6x7, 5x4 and an animation of three times 5x4. */
const fixtures = Object.fromEntries(Object.entries({
	jpeg: '/9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAeACgDASIAAhEBAxEB/8QAGQAAAwEBAQAAAAAAAAAAAAAAAAIEAwUG/8QAFxABAQEBAAAAAAAAAAAAAAAAAgADAf/EABYBAQEBAAAAAAAAAAAAAAAAAAQABv/EABgRAAMBAQAAAAAAAAAAAAAAAAACAyEB/9oADAMBAAIRAxEAPwDyozqBnaDOoGdI5ToZjOoGc4zqBnMRx86CDOKsZxL4+DVphyxnUDOcDlQByziOZSdBBnUDOcDluByYjj50FGcVQHIl8fBq0w//2Q==',
	webp: 'UklGRgIBAABXRUJQVlA4WAoAAAAIAAAABQAABgAAVlA4TCEAAAAvBYABAJkKRPQ/NlGQgvc/oKhtG6g3f877DUENItK4vQAARVhJRroAAABFeGlmAABJSSoACAAAAAYAEgEDAAEAAAABAAAAGgEFAAEAAABWAAAAGwEFAAEAAABeAAAAKAEDAAEAAAACAAAAEwIDAAEAAAABAAAAaYcEAAEAAABmAAAAAAAAADhjAADoAwAAOGMAAOgDAAAGAACQBwAEAAAAMDIxMAGRBwAEAAAAAQIDAACgBwAEAAAAMDEwMAGgAwABAAAA//8AAAKgBAABAAAABgAAAAOgBAABAAAABwAAAAAAAAA=',
	gif: 'R0lGODlhBQAEAIQAAEdwTBsJGxUPFRsPGxUJFRUVFRsVGw8PDxsDGwkVCQ8VDwkDCQ8DDxUDFQMVAwMPAwkPCQMJAwkJCQ8JDwMDAwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACH/C05FVFNDQVBFMi4wAwEAAAAh+QQFAAAAACwAAAAABQAEAAAFESC1MA0SSRMRPNAhDE6iFEYIADs=',
	animation: 'R0lGODlhBQAEAIQAAEdwTBsJGxUPFRsPGxUJFRUVFRsVGw8PDxsDGwkVCQ8VDwkDCQ8DDxUDFQMVAwMPAwkPCQMJAwkJCQ8JDwMDAwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACH/C05FVFNDQVBFMi4wAwEAAAAh+QQFAAAAACwAAAAABQAEAAAFESC1MA0SSRMRPNAhDE6iFEYIACH5BAUAAAAALAAAAAAFAAQAhEdwTBUhFQMtAwktCQ8tDw8bDxUbFRsbGwMbAxshGwkbCRUtFQMnAxstGwknCQ8nDxUnFQMhAxsnGwkhCQ8hDwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAURIKIUxhFNVJAwzgNJwkAsTQgAIfkEBQAAAAAsAAAAAAUABACER3BMDzkPGzMbA0UDCUUJCTMJDzMPFTMVFTkVAzMDGzkbD0UPFUUVAz8DG0UbCT8JDz8PFT8VAzkDGz8bCTkJAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABRFgUhiHIFEBojQPFE0DsTBOCAA7',
}).map(([name, base64]) => [name, Buffer.from(base64, 'base64')]));

export const be16 = (n) => Buffer.from([n >> 8, n & 255]);
export const be32 = (n) => { const b = Buffer.alloc(4); b.writeUInt32BE(n >>> 0); return b; };
export const le16 = (n) => Buffer.from([n & 255, n >> 8]);
export const le24 = (n) => Buffer.from([n & 255, n >> 8 & 255, n >> 16 & 255]);
export const le32 = (n) => { const b = Buffer.alloc(4); b.writeUInt32LE(n >>> 0); return b; };
export const text = (s) => Buffer.from(s, 'latin1');

export function crc32(bytes) {
	let crc = ~0;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >>> 1 ^ 0xedb88320 : crc >>> 1;
	}
	return ~crc >>> 0;
}

export function pngChunk(type, body = Buffer.alloc(0)) {
	const named = Buffer.concat([text(type), body]);
	return Buffer.concat([be32(body.length), named, be32(crc32(named))]);
}

const LARGEST_DRAWN = 4_000_000; // pixels; what is larger is refused by its header
/** A real picture, of one grey; `extra` chunks go before the pixels. */
export function png(width = 4, height = 3, { extra = [], shade = 128 } = {}) {
	const header = Buffer.concat([be32(width), be32(height), Buffer.from([8, 0, 0, 0, 0])]);
	const drawn = width * height <= LARGEST_DRAWN ? height : 1;
	const rows = Buffer.alloc((width + 1) * drawn, shade);
	for (let row = 0; row < drawn; row++) rows[row * (width + 1)] = 0;
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), pngChunk('IHDR', header), ...extra,
		pngChunk('IDAT', deflateSync(rows)), pngChunk('IEND')]);
}

export const segment = (marker, body) => Buffer.concat([Buffer.from([0xff, marker]), be16(body.length + 2), body]);

/** EXIF with an orientation and a place. */
export function exif(orientation, secret = 'GPS 48.8583 N 2.2945 E') {
	const place = Buffer.from(secret);
	const entry = (tag, type, count, value) => Buffer.concat([be16(tag), be16(type), be32(count), value]);
	const directory = Buffer.concat([be16(2),
		entry(0x0112, 3, 1, Buffer.concat([be16(orientation), be16(0)])),
		entry(0x8825, 2, place.length, be32(8 + 2 + 24 + 4)), be32(0)]);
	return segment(0xe1, Buffer.concat([text('Exif\0\0MM\0*'), be32(8), directory, place]));
}

/** 40x30; `extra` segments stand behind the first. */
export function jpeg({ extra = [], tail = Buffer.alloc(0) } = {}) {
	const first = 4 + fixtures.jpeg.readUInt16BE(4);
	return Buffer.concat([fixtures.jpeg.subarray(0, first), ...extra, fixtures.jpeg.subarray(first), tail]);
}
export const comment = (words) => segment(0xfe, text(words));

/** 5x4, once or three times; `extra` blocks stand before the first. */
export function gif({ animated = false, extra = [], tail = Buffer.alloc(0) } = {}) {
	const whole = animated ? fixtures.animation : fixtures.gif;
	const first = 13 + (3 << (whole[10] & 7) + 1);
	return Buffer.concat([whole.subarray(0, first), ...extra, whole.subarray(first), tail]);
}

/** The structure of an animation; nothing that a decoder would take. */
export function hollowGif(width, height, frames, { frame = [width, height] } = {}) {
	const picture = Buffer.concat([Buffer.from([0x2c]), le16(0), le16(0), le16(frame[0]), le16(frame[1]),
		Buffer.from([0, 2, 2, 0x4c, 0x01, 0])]);
	return Buffer.concat([text('GIF89a'), le16(width), le16(height), Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
		...Array(frames).fill(picture), Buffer.from([0x3b])]);
}
export const gifComment = (words) =>
	Buffer.concat([Buffer.from([0x21, 0xfe, words.length]), text(words), Buffer.from([0])]);

export function riffChunk(type, body) {
	return Buffer.concat([text(type), le32(body.length), body, Buffer.alloc(body.length & 1)]);
}

/** 6x7; with `extra` chunks it is of the extended kind. */
export function webp({ extra = [], canvas = [6, 7] } = {}) {
	const plain = pictureOf(fixtures.webp);
	if (extra.length === 0 && canvas[0] === 6) return Buffer.concat([text('RIFF'), le32(4 + plain.length), text('WEBP'), plain]);
	const header = Buffer.concat([Buffer.from([0x0c, 0, 0, 0]), le24(canvas[0] - 1), le24(canvas[1] - 1)]);
	const body = Buffer.concat([text('WEBP'), riffChunk('VP8X', header), plain, ...extra]);
	return Buffer.concat([text('RIFF'), le32(body.length), body]);
}

/** The chunk that holds it. */
function pictureOf(file) {
	for (let at = 12; at < file.length; at += 8 + file.readUInt32LE(at + 4) + (file.readUInt32LE(at + 4) & 1))
		if (file.toString('latin1', at, at + 3) === 'VP8' && file[at + 3] !== 0x58)
			return file.subarray(at, at + 8 + file.readUInt32LE(at + 4) + (file.readUInt32LE(at + 4) & 1));
	throw new Error('no picture');
}

export function oggPage(flags, granule, sequence, packet) {
	const position = Buffer.alloc(8);
	position.writeBigInt64LE(BigInt(granule));
	const lacing = [...Array(Math.floor(packet.length / 255)).fill(255), packet.length % 255];
	return Buffer.concat([text('OggS'), Buffer.from([0, flags]), position, le32(77), le32(sequence), le32(0),
		Buffer.from([lacing.length, ...lacing]), packet]);
}

/** A recording as Firefox makes it. */
export function oggOpus(ms = 2500) {
	const head = Buffer.concat([text('OpusHead'), Buffer.from([1, 1]), le16(312), le32(48000), le16(0), Buffer.from([0])]);
	const tags = Buffer.concat([text('OpusTags'), le32(0), le32(0)]);
	return Buffer.concat([oggPage(2, 0, 0, head), oggPage(0, 0, 1, tags), oggPage(4, 312 + ms * 48, 2, Buffer.alloc(300, 7))]);
}

const vint = (n) => n < 127 ? Buffer.from([0x80 | n]) : Buffer.concat([Buffer.from([0x08, 0, 0]), be32(n)].slice(0, 1)
	.concat([be32(n)]));
export const element = (id, body) => Buffer.concat([Buffer.from(id, 'hex'), vint(body.length), body]);

/** A recording as Chromium makes it: one stream of clusters of unknown length. */
export function webm({ ms = 3000, video = false, width = 320, height = 240, codec = video ? 'V_VP8' : 'A_OPUS' } = {}) {
	const track = video
		? [element('83', Buffer.from([1])), element('86', text(codec)),
			element('e0', Buffer.concat([element('b0', be16(width)), element('ba', be16(height))]))]
		: [element('83', Buffer.from([2])), element('86', text(codec))];
	const block = (at) => element('a3', Buffer.concat([Buffer.from([0x81]), be16(at), Buffer.from([0x80]), Buffer.alloc(40, 3)]));
	const unknown = Buffer.from('01ffffffffffffff', 'hex');
	return Buffer.concat([
		element('1a45dfa3', Buffer.concat([element('4286', Buffer.from([1])), element('4282', text('webm'))])),
		Buffer.from('18538067', 'hex'), unknown,
		element('1549a966', element('2ad7b1', Buffer.from([0x0f, 0x42, 0x40]))),
		element('1654ae6b', element('ae', Buffer.concat(track))),
		Buffer.from('1f43b675', 'hex'), unknown, element('e7', Buffer.from([0])), block(0), block(1000),
		Buffer.from('1f43b675', 'hex'), unknown, element('e7', be16(ms - 1020)), block(1000),
	]);
}

export const box = (type, ...bodies) => {
	const body = Buffer.concat(bodies);
	return Buffer.concat([be32(body.length + 8), text(type), body]);
};

export function mp4Track(id, { handler, codec, width, height, ms, scale = 1000 }) {
	const matrix = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(be32);
	return box('trak',
		box('tkhd', be32(7), be32(0), be32(0), be32(id), be32(0), be32(ms), Buffer.alloc(16), ...matrix,
			be32(width << 16), be32(height << 16)),
		box('mdia', box('mdhd', be32(0), be32(0), be32(0), be32(scale), be32(ms), be32(0)),
			box('hdlr', be32(0), be32(0), text(handler), Buffer.alloc(12), text('x\0')),
			box('minf', box('stbl', box('stsd', be32(0), be32(1), box(codec, Buffer.alloc(8)))))));
}

export function mp4({ ms = 4000, video = true, width = 640, height = 360, brand = 'isom', secret = '', size = 100 } = {}) {
	const tracks = [mp4Track(1, { handler: 'soun', codec: 'mp4a', width: 0, height: 0, ms })];
	if (video) tracks.push(mp4Track(2, { handler: 'vide', codec: 'avc1', width, height, ms }));
	const place = secret === '' ? [] : [box('udta', box('\xa9xyz', text(secret)))];
	return Buffer.concat([box('ftyp', text(brand), be32(512), text('isommp41')),
		box('moov', box('mvhd', Buffer.alloc(100)), ...tracks, ...place), box('mdat', Buffer.alloc(size, 9))]);
}
