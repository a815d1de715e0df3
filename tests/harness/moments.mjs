// Moments as the tests use them.
//
//   const post = await posted(ann, { text: 'hello' });
//   const { posts } = await feed(bob);
import { expectStatus } from './client.mjs';

async function body(request, ...statuses) {
	const answer = await request;
	expectStatus(answer, ...statuses);
	return answer.body;
}

/** A post that is made: everybody's friend may see it unless `more` says otherwise. */
export async function posted(person, more = {}) {
	return (await body(person.post('/moments/posts', { text: 'hello', audience: 'friends', ...more }), 201)).post;
}
export const feed = (person, query = '') => body(person.get(`/moments/feed${query}`), 200);
export const album = (person, whose, query = '') => body(person.get(`/moments/users/${whose.id}/posts${query}`), 200);
export const show = async (person, post) => (await body(person.get(`/moments/posts/${post.id}`), 200)).post;
export const like = async (person, post) => (await body(person.put(`/moments/posts/${post.id}/like`), 200)).post;
export const unlike = (person, post) => body(person.delete(`/moments/posts/${post.id}/like`), 204);
export async function comment(person, post, text = 'well', more = {}) {
	return (await body(person.post(`/moments/posts/${post.id}/comments`, { text, ...more }), 201)).comment;
}
export const hide = async (person, other, change) =>
	(await body(person.put(`/moments/privacy/${other.id}`, change), 200)).privacy;
export const notices = (person, query = '') => body(person.get(`/moments/notifications${query}`), 200);
export const heads = (person) => body(person.get('/chat/sync'), 200);
