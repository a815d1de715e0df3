/* The text of a message: text nodes and elements of ours, never HTML of anybody.  Addresses are
 * links that give nothing away, names of those who are meant are set apart. */
import { EVERYBODY } from '../../store/head';
import { useUser } from '../session';
import { linkify } from './linkify';
import { blocksOf, spansOf, type Block } from './markup';
import { splitMentions, type Candidate } from './mention';
import './text.css';

interface Props {
  text: string;
  mentioned: readonly Candidate[];
}

export function Text({ text, mentioned }: Props) {
  return (
    <>
      {blocksOf(text).map((block, index) => (
        <BlockOf key={index} {...block} mentioned={mentioned} />
      ))}
    </>
  );
}

function BlockOf({ kind, text, mentioned }: Block & Props) {
  switch (kind) {
    case 'code':
      return (
        <pre class="code-block" tabIndex={0}>
          <code>{text}</code>
        </pre>
      );
    case 'quote':
      return (
        <blockquote class="quoted">
          <Line text={text} mentioned={mentioned} />
        </blockquote>
      );
    case 'text':
      return <Line text={text} mentioned={mentioned} />;
  }
}

function Line({ text, mentioned }: Props) {
  return (
    <>
      {spansOf(text).map((span, index) =>
        span.code ? (
          <code key={index} class="code">
            {span.text}
          </code>
        ) : (
          <Linked key={index} text={span.text} mentioned={mentioned} />
        ),
      )}
    </>
  );
}

function Linked({ text, mentioned }: Props) {
  return (
    <>
      {linkify(text).map((part, index) =>
        part.href === null ? (
          <Named key={index} text={part.text} mentioned={mentioned} />
        ) : (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ),
      )}
    </>
  );
}

function Named({ text, mentioned }: Props) {
  const me = useUser().id;
  if (mentioned.length === 0) return <>{text}</>;
  return (
    <>
      {splitMentions(text, mentioned).map(({ text: part, mention }, index) =>
        mention === null ? (
          part
        ) : (
          <b
            key={index}
            class={`mention ${[me, EVERYBODY].includes(mention.id) ? 'mention--me' : ''}`}
          >
            {part}
          </b>
        ),
      )}
    </>
  );
}
