// Files that somebody made to do harm, each with what has to become of it.
import { deflateSync } from 'node:zlib';
import { be16, be32, box, comment, element, exif, gif, gifComment, hollowGif, jpeg, le16, le24, le32, mp4, mp4Track,
	oggOpus, oggPage, png, pngChunk, riffChunk, segment, text, webm, webp } from './media_files.mjs';

const all = (...parts) => Buffer.concat(parts);
const zip = text('PK\x03\x04\x14\0\0\0\0\0 not only that');
const page = text('<!doctype html><html><body><script>alert(document.domain)</script></body></html>');
const script = '*/alert(document.domain)/*';
const damaged = [422, 'bad_media'];
const complex = [422, 'media_too_complex'];
const foreign = [415, 'unsupported_type'];
const lie = [415, 'type_mismatch'];

const signature = text('\x89PNG\r\n\x1a\n');
const header = (width, height, rest = [8, 0, 0, 0, 0]) => pngChunk('IHDR', all(be32(width), be32(height), Buffer.from(rest)));
const pixels = (bytes) => pngChunk('IDAT', deflateSync(bytes));
const end = pngChunk('IEND');
const frameControl = (sequence, width, height) => pngChunk('fcTL', all(be32(sequence), be32(width), be32(height), be32(0), be32(0),
	be16(1), be16(10), Buffer.from([0, 0])));
/** Zeros that are small as long as nobody inflates them. */
const bomb = (megabytes) => deflateSync(Buffer.alloc(megabytes << 20), { level: 9 });

const pictures = [
	['a PNG whose header is missing', all(signature, pixels(Buffer.alloc(15)), end), [415, 422]],
	['a PNG with two headers', all(signature, header(4, 3), header(4, 3), pixels(Buffer.alloc(15)), end), damaged],
	['a PNG without a picture', all(signature, header(4, 3), end), damaged],
	['a PNG of no width', all(signature, header(0, 3), pixels(Buffer.alloc(3)), end), damaged],
	['a PNG with a negative width', all(signature, header(0x80000001, 3), pixels(Buffer.alloc(15)), end), damaged],
	['a PNG with sides that multiply to nothing', all(signature, header(65536, 65536), pixels(Buffer.alloc(15)), end), complex],
	['a PNG with a chunk as long as the address space', all(signature, header(4, 3), be32(0xfffffff4), text('IDAT'), Buffer.alloc(30)), damaged],
	['a PNG with an unknown critical chunk', png(4, 3, { extra: [pngChunk('EVIL', page)] }), damaged],
	['a PNG of compressed rubbish', all(signature, header(4, 3), pngChunk('IDAT', Buffer.alloc(40, 0xa5)), end), damaged],
	['a PNG with fewer rows than it says', all(signature, header(4, 3000), pixels(Buffer.alloc(5)), end), damaged],
	['a PNG of a colour kind that is none', all(signature, header(4, 3, [7, 5, 9, 9, 9]), pixels(Buffer.alloc(15)), end), damaged],
	['a PNG that a page follows', all(png(), page), damaged],
	['an animated PNG with a frame larger than itself', png(4, 3, { extra: [frameControl(0, 4000, 3000)] }), damaged],
	['an animated PNG with endless frames', png(2000, 2000, { extra: Array.from({ length: 30 }, (_, i) => frameControl(i, 2000, 2000)) }), complex],

	['a JPEG of the largest sides', jpegOf(65535, 65535), complex],
	['a JPEG of no height', jpegOf(40, 0), damaged],
	['a JPEG without a frame', withoutFrame(), damaged],
	['a JPEG with two frames', jpeg({ extra: [frame(40, 30), frame(9, 9)] }), damaged],
	['a JPEG with a segment of length 0', jpeg({ extra: [Buffer.from([0xff, 0xe5, 0, 0])] }), damaged],
	['a JPEG with a segment longer than the file', jpeg({ extra: [Buffer.from([0xff, 0xe5, 0xff, 0xff])] }), damaged],
	['a JPEG that begins again', jpeg({ extra: [Buffer.from([0xff, 0xd8])] }), damaged],
	['a JPEG that a page follows', jpeg({ tail: page }), damaged],
	['a JPEG of nothing but fill bytes', all(Buffer.from([0xff, 0xd8]), Buffer.alloc(50_000, 0xff)), damaged],

	['a GIF of no width', hollowGif(0, 100, 1), damaged],
	['a GIF of the largest sides', hollowGif(65535, 65535, 1), complex],
	['a GIF with endless frames', hollowGif(200, 200, 20_000), complex],
	['a GIF with frames beyond itself', hollowGif(10, 10, 1, { frame: [60000, 60000] }), complex],
	['a GIF without a picture', hollowGif(10, 10, 0), damaged],
	['a GIF with an unknown block', gif({ extra: [Buffer.from([0x99, 1, 2, 0])] }), damaged],
	['a GIF whose blocks do not end', gif().subarray(0, -2), damaged],
	['a GIF that a page follows', gif({ tail: page }), damaged],

	['a WebP that is shorter than it says', riff(le32(5000), text('WEBP'), riffChunk('VP8 ', Buffer.alloc(20))), damaged],
	['a WebP with a chunk as long as the address space', riff(le32(30), text('WEBPVP8 '), le32(0xfffffff0), Buffer.alloc(18)), damaged],
	['a WebP whose header lies', webp({ canvas: [16000, 16000] }), damaged],
	['a WebP with a frame larger than it says', animatedWebp(1, [5000, 5000]), damaged],
	['a WebP with endless frames', animatedWebp(600, [5, 6], [16000, 16000]), complex],
	['a WebP without a picture', riff(le32(4), text('WEBP')), damaged],
	['a WebP that a page follows', all(webp(), page), damaged],
].map(([name, bytes, refused]) => ({ name, purpose: 'image', bytes, refused }));

function frame(width, height) {
	return segment(0xc0, all(Buffer.from([8]), be16(height), be16(width), Buffer.from([1, 1, 0x11, 0])));
}

/** The same pixels, said to be of another size. */
function jpegOf(width, height) {
	const whole = Buffer.from(jpeg());
	const at = whole.indexOf(Buffer.from([0xff, 0xc0]));
	whole.writeUInt16BE(height, at + 5);
	whole.writeUInt16BE(width, at + 7);
	return whole;
}

function withoutFrame() {
	const whole = jpeg();
	const at = whole.indexOf(Buffer.from([0xff, 0xc0]));
	return all(whole.subarray(0, at), whole.subarray(at + 2 + whole.readUInt16BE(at + 2)));
}

function riff(...parts) {
	return all(text('RIFF'), ...parts);
}

function animatedWebp(frames, [width, height], canvas = [5, 6]) {
	const picture = webp().subarray(12);
	const one = riffChunk('ANMF', all(le24(0), le24(0), le24(width), le24(height), le24(10), Buffer.from([0]), picture));
	const body = all(text('WEBP'), riffChunk('VP8X', all(Buffer.from([2, 0, 0, 0]), le24(canvas[0]), le24(canvas[1]))),
		riffChunk('ANIM', Buffer.alloc(6)), ...Array(frames).fill(one));
	return riff(le32(body.length), body);
}

const nested = (depth, inner) => depth === 0 ? inner : box('moov', nested(depth - 1, inner));
const ftyp = box('ftyp', text('isom'), be32(512), text('isommp41'));
const mdat = box('mdat', Buffer.alloc(50, 9));
const track = (more) => mp4Track(1, { handler: 'vide', codec: 'avc1', width: 64, height: 36, ms: 1000, ...more });
const film = (...boxes) => all(ftyp, ...boxes, mdat);

const films = [
	['an MP4 with a box of size 1 and no size', all(ftyp, be32(1), text('moov')), damaged],
	['an MP4 with a box larger than any file', all(ftyp, be32(1), text('moov'), be32(0xffffffff), be32(0xffffffff), Buffer.alloc(20)), damaged],
	['an MP4 with a box smaller than its head', all(ftyp, be32(7), text('moov'), Buffer.alloc(20)), damaged],
	['an MP4 with a box within that has no end', film(all(be32(24), text('moov'), be32(0), text('trak'), Buffer.alloc(8))), damaged],
	['an MP4 that is deeper than any', film(nested(5000, track())), damaged],
	['an MP4 with two films', film(box('moov', track()), box('moov', track())), damaged],
	['an MP4 with more tracks than any', film(box('moov', ...Array(40).fill(track()))), damaged],
	['an MP4 with a track of no time', film(box('moov', track({ scale: 0 }))), damaged],
	['an MP4 with a codec that is none', film(box('moov', track({ codec: 'evil' }))), damaged],
	['an MP4 with pictures of no size', film(box('moov', track({ width: 0 }))), damaged],
	['an MP4 with sides too long', film(box('moov', track({ width: 30_000, height: 30_000 }))), complex],
	['an MP4 with more boxes than any', film(box('moov', track(), ...Array(60_000).fill(box('free')))), [422]],
	['an MP4 with a fragment of no track', film(box('moov', track()), box('moof', box('traf', box('tfhd', be32(0), be32(99))))), damaged],
	['an MP4 with a run of more samples than it has', film(box('moov', track()),
		box('moof', box('traf', box('tfhd', be32(0), be32(1)), box('trun', be32(0x100), be32(0xffffffff))))), damaged],
	['an MP4 of an unknown outermost box', film(box('moov', track()), box('html', page)), damaged],
	['an MP4 that a page follows', all(mp4(), page), damaged],
	['a WebM with a length of no known end in its head', all(Buffer.from('1a45dfa301ffffffffffffff', 'hex'), element('4282', text('webm'))), damaged],
	['a WebM with a length larger than any file', all(webm({ video: true }).subarray(0, 12), Buffer.from('18538067', 'hex'),
		Buffer.from('01fffffffffffffe', 'hex'), Buffer.alloc(50)), [415, 422]],
	['a WebM with an element that begins with 0', all(webm({ video: true }), Buffer.alloc(9)), damaged],
	['a WebM with two segments', all(webm({ video: true }), Buffer.from('1853806701ffffffffffffff', 'hex')), damaged],
	['a WebM that carries other files', all(webm({ video: true }), element('1941a469', page)), damaged],
	['a WebM whose codec is none', webm({ video: true, codec: 'V_EVIL' }), damaged],
	['a WebM with pictures of no size', webm({ video: true, width: 0 }), damaged],
	['a WebM that a page follows', all(webm({ video: true }), page), damaged],
].map(([name, bytes, refused]) => ({ name, purpose: 'video', bytes, refused }));

const recordings = [
	['an Ogg of two streams', all(oggOpus(), oggOpus()), damaged],
	['an Ogg without sound', oggPage(2, 0, 0, all(text('OpusHead'), Buffer.from([1, 1]), le16(312), le32(48000), le16(0), Buffer.from([0]))), damaged],
	['an Ogg of no channels', all(oggPage(6, 99999, 0, all(text('OpusHead'), Buffer.from([1, 0]), le16(312), le32(48000), le16(0), Buffer.from([0])))), damaged],
	['an Ogg with a page longer than the file', all(oggOpus(), text('OggS'), Buffer.alloc(22), Buffer.from([255]), Buffer.alloc(255, 255)), damaged],
	['an Ogg that lasts longer than time', oggPage(6, 2n ** 62n, 0, all(text('OpusHead'), Buffer.from([1, 1]), le16(312), le32(48000), le16(0), Buffer.from([0]))), damaged],
	['an Ogg that a page follows', all(oggOpus(), page), damaged],
	['an MP4 that is no recording', film(box('moov', track())), foreign],
].map(([name, bytes, refused]) => ({ name, purpose: 'voice', bytes, refused }));

const lies = [
	['a page as a PNG', 'image', page, lie, 'image/png'],
	['a page behind the signature of a GIF', 'image', all(text('GIF89a'), page), [415, 422], 'image/gif'],
	['a script behind the signature of a JPEG', 'image', all(Buffer.from([0xff, 0xd8, 0xff, 0xfe]), text(script)), [415, 422], 'image/jpeg'],
	['an SVG', 'image', text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), [415], 'image/svg+xml'],
	['an SVG as a PNG', 'image', text('<svg xmlns="http://www.w3.org/2000/svg"/>'), lie, 'image/png'],
	['a PNG as an avatar that is said to be a WebP', 'avatar', png(), lie, 'image/webp'],
	['a PDF as an image', 'image', text('%PDF-1.7\n1 0 obj<</OpenAction/JavaScript>>'), [415], undefined],
	['a ZIP as a film', 'video', zip, [415], undefined],
	['a program as a recording', 'voice', all(text('\x7fELF\x02\x01\x01'), Buffer.alloc(100)), [415], undefined],
	['a BMP, which is not on the list', 'image', all(text('BM'), le32(70), le32(0), le32(54), le32(40), le32(2), le32(2), Buffer.alloc(46)), [415], undefined],
].map(([name, purpose, bytes, refused, type]) => ({ name, purpose, bytes, refused, type }));

/** What may be in an honest file: taken, but what was put into it is gone. */
const loops = exifLoop();
const stripped = [
	['a script in a GIF\'s comment', 'image', gif({ extra: [gifComment(script)] })],
	['a page in a JPEG\'s comment', 'image', jpeg({ extra: [comment(page.toString('latin1'))] })],
	['a page in a PNG\'s text', 'image', png(4, 3, { extra: [pngChunk('tEXt', all(text('Comment\0'), page))] })],
	['a bomb in a PNG\'s text', 'image', png(4, 3, { extra: [pngChunk('zTXt', all(text('alert\0\0'), bomb(300)))] })],
	['EXIF whose directories go in circles', 'image', jpeg({ extra: [loops] })],
	['EXIF with a directory outside of it', 'image', jpeg({ extra: [segment(0xe1, all(text('Exif\0\0II*\0'), le32(0xfffffff0), text('alert(')))] })],
	['two EXIFs', 'image', jpeg({ extra: [exif(3, 'alert('), exif(8, 'alert(')] })],
	['a page in a WebP\'s XMP', 'image', webp({ extra: [riffChunk('XMP ', page)] })],
	['a page in the free space of an MP4', 'video', film(box('free', page), box('moov', track()))],
	['a page in the notes of an MP4', 'video', film(box('moov', track(), box('udta', page)))],
].map(([name, purpose, bytes]) => ({ name, purpose, bytes, gone: 'alert(' }));

/** A directory whose next is itself, and an entry that points to it. */
function exifLoop() {
	const directory = all(be16(2), be16(0x0112), be16(3), be32(1), be16(6), be16(0),
		be16(0x8769), be16(4), be32(1), be32(8), be32(8), text('alert('));
	return segment(0xe1, all(text('Exif\0\0MM\0*'), be32(8), directory));
}

/** Whatever it is: it comes back as bytes to be saved. */
const inert = [
	['a page', page, 'text/html', 'index.html'],
	['a script', text(script), 'text/javascript', 'x.js'],
	['an SVG', text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'image/svg+xml', 'x.svg'],
	['a PDF that is a page, too', all(text('%PDF-1.4\n'), page), 'application/pdf', 'x.pdf'],
	['a JPEG that is a ZIP, too', jpeg({ tail: zip }), 'image/jpeg', 'x.jpg'],
	['a film that is a page, too', all(page, mp4()), 'video/mp4', 'x.mp4'],
].map(([name, bytes, type, fileName]) => ({ name: `${name} as a file`, purpose: 'file', bytes, type, fileName }));

/** Taken or refused, but what decodes it must not be harmed. */
const bombs = [
	['a GIF without the pixels that it says', hollowGif(30, 30, 1)],
	['a PNG with far more pixels than it says', all(signature, header(4, 3), pngChunk('IDAT', bomb(300)), end)],
	['a PNG with a bomb as its profile', png(4, 3, { extra: [pngChunk('iCCP', all(text('x\0\0'), bomb(300)))] })],
	['a JPEG with a profile that lies about its length', jpeg({ extra: [segment(0xe2, all(text('ICC_PROFILE\0'), Buffer.from([1, 1]), be32(0xfffffff0), Buffer.alloc(200, 0x41)))] })],
	['a JPEG with a profile of 255 parts, one of which is there', jpeg({ extra: [segment(0xe2, all(text('ICC_PROFILE\0'), Buffer.from([200, 255]), Buffer.alloc(200)))] })],
	['a WebP with a bomb as its profile', webp({ extra: [riffChunk('ICCP', Buffer.alloc(200_000, 0x41))] })],
].map(([name, bytes]) => ({ name, purpose: 'image', bytes, either: true }));

export const hostile = [...pictures, ...films, ...recordings, ...lies, ...stripped, ...inert, ...bombs];

/** Honest files, small enough to be cut at every byte. */
export const honest = [
	['png', 'image', png()], ['jpeg', 'image', jpeg()], ['gif', 'image', gif()], ['webp', 'image', webp()],
	['ogg', 'voice', oggOpus()], ['webm', 'video', webm({ video: true })], ['mp4', 'video', mp4()],
].map(([format, purpose, bytes]) => ({ format, purpose, bytes }));
