import assert from 'node:assert/strict';
import { componentScript } from '../../../src/languages/component/componentScript.ts';
import { templateHandlers } from '../../../src/languages/component/templateHandlers.ts';

describe('functions that a template calls on events', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['<button @click="run">', ['run']],
    ["<button @click='run'>", ['run']],
    ['<button @click.once="run">', ['run']],
    ['<form v-on:submit.prevent="save(item)">', ['save']],
    ['<button @click="(event) => { busy = true; run(event) }">', ['run']],
    ['<button @click="count++">', []],
    ['<button @click="store.run(item)">', []],
    ['<button :click="run" title="run()">', []],
    ['<img @load="run" @vue:mounted="run">', []],
    ['<button on:click={run}>', ['run']],
    ['<button on:click|preventDefault="{run}">', ['run']],
    ['<button onclick={async () => { if (text) { await run(text); } }}>', ['run']],
    ['<button onclick={run} onkeydown={move}>', ['run', 'move']],
    ['<body onload={run}>', []],
    ['<!-- <button @click="run"> -->', []],
    ['<p>mail me @click="run</p>', []],
    ['<button onclick={run', []],
  ];
  for (const [template, names] of cases) it(template, () => assert.deepEqual(templateHandlers(template), names));

  it('looks at templates only', () => {
    const component =
      '<a @click="one">\n<script>\nconst text = \' <a @click="two">\';\n</script>\n<b @click="three">\n<!-- <script>x</script> <i @click="four"> -->';
    assert.deepEqual(componentScript(component).handlers, ['one', 'three']);
  });
});
