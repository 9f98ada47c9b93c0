import { childExpressions, nestedBodies, statementExpressions } from '../ir/children.ts';
import type { CallExpression, Expression } from '../ir/expression.ts';
import type { ForStatement, Statement, WhileStatement } from '../ir/statement.ts';
import type { Evaluator } from './evaluator.ts';
import type { Loop } from './place.ts';
import { unwrapIterable } from './tripCount.ts';

const DATA_LOADER = /(^|\.)DataLoader$/;
/** What yields batches: a data loader, a `tf.data` pipeline after `.batch(…)`. */
const BATCHED =
  /^tensorflow\.data\.Dataset\b.*\.batch\(\)|^itertools\.batched\(\)$|^more_itertools\.(chunked|batched)\(\)$/;
const USER_INPUT = /^(builtins\.input|streamlit\.(text_input|chat_input)|(node:)?readline.*\.question)$/;
/** Endless iterables of message brokers, and calls by which a loop waits for the next message. */
const CONSUMERS = /^(kafka\.(consumer\.)?(group\.)?KafkaConsumer|aiokafka\.AIOKafkaConsumer|faust\.\w+)(\(\))?$/;
const RECEIVES =
  /^(confluent_kafka\.(\w+\.)?Consumer\.(poll|consume)|kafka\.[\w.]*KafkaConsumer\.poll|boto3[\w.()]*\.receive_messages?|redis\.[\w.()]*(listen|get_message|blpop|brpop|xread\w*)|pulsar\.[\w.()]*receive|zmq\.[\w.()]*recv\w*|pika\.[\w.()]*(consume|basic_get)|(queue|asyncio|multiprocessing)\.\w*Queue\.get|@aws-sdk\/client-sqs\.ReceiveMessageCommand)$/;
/** Reads a frame of a camera or video, or waits for the display's next one. */
const READS_FRAMES =
  /^(cv2\.VideoCapture\.(read|grab)|@tensorflow\/tfjs\.(nextFrame|data\.webcam\(\)\.capture)|globalThis\.ImageCapture\(?\)?\.grabFrame)$/;
const EPOCHS = /epoch/i;
const BATCH_STEP = /batch|chunk|^bs$|stride|step/i;

export function forPurpose(statement: ForStatement, evaluator: Evaluator): Loop['purpose'] {
  if (leavesInFirstTurn(statement.body)) return 'singlePass';
  if (calls(statement.body, evaluator, USER_INPUT)) return 'interactive';
  if (isRetry(statement.body, statement.target)) return 'retry';
  if (statement.form === 'count') return countingPurpose(statement);
  if (statement.iterable && isConsumer(statement.iterable, evaluator)) return 'messages';
  return itemPurpose(statement.target, statement.iterable, evaluator);
}

export function whilePurpose(statement: WhileStatement, evaluator: Evaluator): Loop['purpose'] {
  if (leavesInFirstTurn(statement.body)) return 'singlePass';
  if (calls(statement.body, evaluator, USER_INPUT)) return 'interactive';
  if (isRetry(statement.body, undefined)) return 'retry';
  if (calls(statement.body, evaluator, RECEIVES)) return 'messages';
  return calls(statement.body, evaluator, READS_FRAMES) ? 'frames' : 'unknown';
}

export function itemPurpose(
  target: Expression | undefined,
  iterable: Expression | undefined,
  evaluator: Evaluator,
): Loop['purpose'] {
  if (target?.kind === 'name' && /^ep$|epoch/i.test(target.name)) return 'epochs';
  const source = iterable && unwrapIterable(iterable, evaluator);
  if (!source) return 'items';
  if (source.kind === 'call' && evaluator.calleeName(source) === 'builtins.range')
    return rangePurpose(source, evaluator);
  const isBatched = evaluator
    .values(source)
    .some((value) => value.kind === 'instance' && (DATA_LOADER.test(value.type) || BATCHED.test(value.type)));
  if (isBatched) return 'batches';
  const isNamed = source.kind === 'name' || source.kind === 'attribute';
  return isNamed && /loader|batches/i.test(source.name) ? 'batches' : 'items';
}

/** `range(EPOCHS)` counts epochs, `range(0, len(texts), batch_size)` steps over batches. */
function rangePurpose({ args }: CallExpression, evaluator: Evaluator): Loop['purpose'] {
  const [first, second, step] = args.map(({ value }) => value);
  const end = second ?? first;
  if (end && namesIn(end).some((name) => EPOCHS.test(name))) return 'epochs';
  return step && isBatchStep(step, evaluator) ? 'batches' : 'items';
}

function isBatchStep(step: Expression, evaluator: Evaluator): boolean {
  const [value] = evaluator.values(step);
  if (value?.kind === 'constant' && typeof value.value === 'number') return value.value > 1;
  return namesIn(step).some((name) => BATCH_STEP.test(name));
}

/** `for (let epoch = 0; …)`, `for (let i = 0; i < texts.length; i += size)`. */
function countingPurpose({ init = [], test, update }: ForStatement): Loop['purpose'] {
  const [start] = init;
  const counter = start?.kind === 'assign' ? start.targets[0] : undefined;
  const names = [...(counter ? namesIn(counter) : []), ...(test ? namesIn(test) : [])];
  if (names.some((name) => EPOCHS.test(name))) return 'epochs';
  if (update?.kind === 'assignment' && update.operator === '+=') return 'batches';
  return names.includes('length') ? 'items' : 'unknown';
}

function namesIn(expression: Expression): readonly string[] {
  const own = expression.kind === 'name' || expression.kind === 'attribute' ? [expression.name] : [];
  return [...own, ...childExpressions(expression).flatMap(namesIn)];
}

function isConsumer(iterable: Expression, evaluator: Evaluator): boolean {
  const source = unwrapIterable(iterable, evaluator);
  if (source.kind === 'call' && RECEIVES.test(evaluator.calleeName(source) ?? '')) return true;
  return evaluator.values(source).some((value) => value.kind === 'instance' && CONSUMERS.test(value.type));
}

function leavesInFirstTurn(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  return last?.kind === 'break' || last?.kind === 'return';
}

function isRetry(body: readonly Statement[], target: Expression | undefined): boolean {
  if (target?.kind === 'name' && /retr(y|ies)|attempt|tries/i.test(target.name)) return true;
  return body.some(
    (statement) =>
      statement.kind === 'try' &&
      [...statement.body, ...statement.orElse].some((inner) => inner.kind === 'break' || inner.kind === 'return') &&
      statement.handlers.every((handler) => !handler.body.some((inner) => inner.kind === 'return')),
  );
}

/** True when a body calls something of these names, nested statements included. */
function calls(body: readonly Statement[], evaluator: Evaluator, names: RegExp): boolean {
  return body.some(
    (statement) =>
      statementExpressions(statement).some((expression) => containsCall(expression, evaluator, names)) ||
      nestedBodies(statement).some((nested) => calls(nested, evaluator, names)),
  );
}

function containsCall(expression: Expression, evaluator: Evaluator, names: RegExp): boolean {
  if (expression.kind === 'call') {
    const name = evaluator.calleeName(expression);
    if (name && names.test(name)) return true;
  }
  return childExpressions(expression).some((child) => containsCall(child, evaluator, names));
}
