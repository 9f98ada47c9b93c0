/** Components in the style of real applications: the packages at hand ship no JSX. */
export const jsxSources: readonly { readonly path: string; readonly text: string }[] = [
  {
    path: 'chat.tsx',
    text: `'use client';
import { pipeline, type TextGenerationPipeline } from '@huggingface/transformers';
import React, { useEffect, useMemo, useRef, useState } from 'react';
import * as Dialog from '@radix-ui/react-dialog';

interface Props<T extends object = {}> { title: string; items?: readonly T[]; onDone?: (text: string) => void }
type Message = { role: 'user' | 'assistant'; content: string };

export const Chat = <T extends object,>({ title, items = [], onDone, ...rest }: Props<T>) => {
  const [messages, setMessages] = useState<Message[]>([]);
  const generator = useRef<TextGenerationPipeline | null>(null);
  const total = useMemo(() => items.reduce((sum, item) => sum + Object.keys(item).length, 0), [items]);
  useEffect(() => {
    let cancelled = false;
    (async () => {
      generator.current ??= (await pipeline<'text-generation'>('text-generation', 'HuggingFaceTB/SmolLM2-135M', {
        dtype: 'q4', device: 'webgpu', progress_callback: (p) => !cancelled && console.log(p!.status),
      })) as TextGenerationPipeline;
    })();
    return () => { cancelled = true; };
  }, []);
  const send = async (event: React.FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const { text: content = '' } = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    const output = await generator.current?.([...messages, { role: 'user', content }], { max_new_tokens: 64 });
    setMessages((old) => [...old, { role: 'user', content }, ...(output?.[0] ?? [])]);
    onDone?.(content);
  };
  return (
    <Dialog.Root open {...rest} onOpenChange={(open) => open || onDone?.('')}>
      <h1 className="title" data-total={total}>{title.toUpperCase()} &amp; more</h1>
      {/* the conversation */}
      {messages.length > 0 ? (
        <ul>{messages.map(({ role, content }, index) => <li key={index} className={cx(role)}>{render(content)}</li>)}</ul>
      ) : <Empty label={t('none')} />}
      <form onSubmit={(event) => void send(event)}><input name="text" /><>{hint()}</></form>
      <svg:rect xlink:href={url()} />
    </Dialog.Root>
  );
};

export default React.memo(Chat);
`,
  },
  {
    path: 'gallery.jsx',
    text: `import { useState } from 'react';
import OpenAI from 'openai';
const client = new OpenAI({ apiKey: process.env.KEY, dangerouslyAllowBrowser: true });
export default function Gallery({ images, onPick = () => {} }) {
  const [labels, setLabels] = useState({});
  async function label(image) {
    for (const [id, url] of Object.entries(image)) {
      const answer = await client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: url }] });
      setLabels((old) => ({ ...old, [id]: answer.choices[0].message.content }));
    }
  }
  return <main>{images.map((image) => <img {...image} key={image.id} onClick={() => { label(image); onPick(image); }} alt={labels[image.id] ?? "none"} />)}</main>;
}
`,
  },
];
