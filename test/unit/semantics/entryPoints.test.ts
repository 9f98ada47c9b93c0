import assert from 'node:assert/strict';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import type { Place } from '../../../src/core/semantics/place.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { loadParsers, programOf } from '../../support/programOf.ts';

type Case = readonly [title: string, expected: string, text: string, language: Language, path?: string];

describe('entry points by framework', () => {
  let parsers: Parsers;
  before(async () => {
    parsers = await loadParsers();
  });

  /** Place of the call of `load`. */
  const placeIn = (text: string, language: Language, path?: string): Place => {
    const program = programOf(parsers, text, language, path);
    const load = program.calls.find((call) => program.text(call.node.callee).endsWith('load'));
    assert.ok(load, 'no load call');
    return load.place;
  };

  const reached: readonly Case[] = [
    [
      'flask MethodView',
      'request flask',
      'from flask.views import MethodView\nclass V(MethodView):\n    def post(self):\n        load()',
      'python',
    ],
    [
      'django function view by urlpatterns',
      'request django',
      'from django.urls import path\ndef predict(request):\n    return load()\nurlpatterns = [path("p", predict)]',
      'python',
    ],
    [
      'django view in views.py',
      'request django',
      'from django.http import JsonResponse\ndef predict(request):\n    return JsonResponse(load())',
      'python',
      'app/views.py',
    ],
    [
      'django csrf decorator',
      'request django',
      'from django.views.decorators.csrf import csrf_exempt\n@csrf_exempt\ndef predict(request):\n    return load()',
      'python',
      'app/views.py',
    ],
    [
      'django class',
      'request django',
      'from django.views import View\nclass V(View):\n    def post(self, request):\n        load()',
      'python',
    ],
    [
      'starlette Route',
      'request starlette',
      'from starlette.applications import Starlette\nfrom starlette.routing import Route\nasync def home(request):\n    return load()\napp = Starlette(routes=[Route("/", home)])',
      'python',
    ],
    [
      'starlette HTTPEndpoint',
      'request starlette',
      'from starlette.endpoints import HTTPEndpoint\nclass V(HTTPEndpoint):\n    async def get(self, request):\n        load()',
      'python',
    ],
    [
      'fastapi router include',
      'request fastapi',
      'from fastapi import APIRouter\nrouter = APIRouter(prefix="/x")\n@router.post("/")\nasync def f():\n    load()',
      'python',
    ],
    [
      'fastapi websocket',
      'request fastapi',
      'from fastapi import FastAPI\napp=FastAPI()\n@app.websocket("/ws")\nasync def f(ws):\n    load()',
      'python',
    ],
    [
      'fastapi Depends',
      'request fastapi',
      'from fastapi import FastAPI, Depends\napp=FastAPI()\ndef get_model():\n    return load()\n@app.get("/")\ndef f(m=Depends(get_model)):\n    return m',
      'python',
    ],
    [
      'fastapi Depends annotated',
      'request fastapi',
      'from typing import Annotated\nfrom fastapi import FastAPI, Depends\napp=FastAPI()\ndef get_model():\n    return load()\n@app.get("/")\ndef f(m: Annotated[object, Depends(get_model)]):\n    return m',
      'python',
    ],
    ['streamlit button', 'rerun streamlit', 'import streamlit as st\nif st.button("x"):\n    load()', 'python'],
    [
      'gradio blocks',
      'event gradio',
      'import gradio as gr\ndef f(x):\n    return load()\nwith gr.Blocks() as demo:\n    b = gr.Button()\n    b.click(f, inputs=None)',
      'python',
    ],
    [
      'gradio click method of instance',
      'event gradio',
      'import gradio as gr\nclass A:\n    def f(self, x):\n        return load()\na = A()\nwith gr.Blocks() as demo:\n    b = gr.Button()\n    b.click(fn=a.f)',
      'python',
    ],
    ['lambda', 'request aws-lambda', 'def handler(event, context):\n    return load()', 'python'],
    [
      'gcf',
      'request functions_framework',
      'import functions_framework\n@functions_framework.http\ndef f(r):\n    load()',
      'python',
    ],
    [
      'pika',
      'message pika',
      'import pika\nc = pika.BlockingConnection(pika.ConnectionParameters("h"))\nch = c.channel()\ndef cb(ch, m, p, body):\n    load()\nch.basic_consume(queue="q", on_message_callback=cb)',
      'python',
    ],
    [
      'celery app.task',
      'message celery',
      'from celery import Celery\napp = Celery("x")\n@app.task\ndef f():\n    load()',
      'python',
    ],
    [
      'celery app.task()',
      'message celery',
      'from celery import Celery\napp = Celery("x")\n@app.task(bind=True)\ndef f(self):\n    load()',
      'python',
    ],
    ['celery shared', 'message celery', 'from celery import shared_task\n@shared_task\ndef f():\n    load()', 'python'],
    ['rq', 'message rq', 'from rq import Queue\nq = Queue()\ndef f():\n    load()\nq.enqueue(f)', 'python'],
    ['rq job', 'message rq', 'from rq.decorators import job\n@job("low")\ndef f():\n    load()', 'python'],
    [
      'grpc',
      'request x_pb2_grpc',
      'import x_pb2_grpc\nclass S(x_pb2_grpc.PredictServicer):\n    def Predict(self, request, context):\n        load()',
      'python',
    ],
    [
      'runpod',
      'request runpod',
      'import runpod\ndef handler(job):\n    load()\nrunpod.serverless.start({"handler": handler})',
      'python',
    ],
    [
      'torchserve',
      'request ts',
      'from ts.torch_handler.base_handler import BaseHandler\nclass H(BaseHandler):\n    def handle(self, data, ctx):\n        load()',
      'python',
    ],
    [
      'bentoml',
      'request bentoml',
      'import bentoml\n@bentoml.service\nclass S:\n    @bentoml.api\n    def f(self):\n        load()',
      'python',
    ],
    [
      'ray serve',
      'request ray',
      'from ray import serve\n@serve.deployment\nclass S:\n    async def __call__(self, request):\n        load()',
      'python',
    ],
    [
      'cog predict',
      'request cog',
      'from cog import BasePredictor\nclass P(BasePredictor):\n    def predict(self, x):\n        load()',
      'python',
    ],
    [
      'kserve',
      'request kserve',
      'import kserve\nclass M(kserve.Model):\n    def predict(self, payload):\n        load()',
      'python',
    ],
    [
      'triton',
      'request triton',
      'class TritonPythonModel:\n    def execute(self, requests):\n        load()',
      'python',
    ],
    [
      'aiohttp add_post',
      'request aiohttp',
      'from aiohttp import web\nasync def f(r):\n    load()\napp = web.Application()\napp.router.add_post("/x", f)',
      'python',
    ],
    [
      'aiohttp add_routes',
      'request aiohttp',
      'from aiohttp import web\nasync def f(r):\n    load()\napp = web.Application()\napp.add_routes([web.post("/x", f)])',
      'python',
    ],
    [
      'flask app factory',
      'request flask',
      'from flask import Flask\ndef create_app():\n    app = Flask(__name__)\n    @app.route("/")\n    def f():\n        load()\n    return app',
      'python',
    ],
    [
      'discord',
      'message discord',
      'import discord\nclient = discord.Client()\n@client.event\nasync def on_message(m):\n    load()',
      'python',
    ],
    [
      'nats',
      'message nats',
      'import nats\nasync def main():\n    nc = await nats.connect()\n    async def cb(msg):\n        load()\n    await nc.subscribe("s", cb=cb)',
      'python',
    ],
    [
      'mqtt',
      'message mqtt',
      'import paho.mqtt.client as mqtt\ndef on_message(c, u, m):\n    load()\nclient = mqtt.Client()\nclient.on_message = on_message',
      'python',
    ],
    [
      'panel/dash callback',
      'event dash',
      'from dash import Dash, Input, Output\napp = Dash()\n@app.callback(Output("a","b"), Input("c","d"))\ndef f(x):\n    load()',
      'python',
    ],
    ['nicegui', 'event nicegui', 'from nicegui import ui\ndef f():\n    load()\nui.button("x", on_click=f)', 'python'],
    [
      'azure func',
      'request azure',
      'import azure.functions as func\napp = func.FunctionApp()\n@app.route(route="x")\ndef f(req):\n    load()',
      'python',
    ],
    [
      'azure main',
      'request azure',
      'import azure.functions as func\ndef main(req: func.HttpRequest):\n    load()',
      'python',
    ],
    ['chainlit', 'message chainlit', 'import chainlit as cl\n@cl.on_message\nasync def f(m):\n    load()', 'python'],
    [
      'slack bolt',
      'message slack_bolt',
      'from slack_bolt import App\napp = App()\n@app.message("x")\ndef f(m):\n    load()',
      'python',
    ],
    [
      'telegram',
      'message telegram',
      'from telegram.ext import Application, MessageHandler, filters\nasync def f(u, c):\n    load()\napp = Application.builder().build()\napp.add_handler(MessageHandler(filters.TEXT, f))',
      'python',
    ],
    [
      'telegram, by star imports',
      'message telegram',
      'from telegram.ext import *\nfrom telegram import *\ndef f(u, c):\n    load()\ndef main():\n    Updater("t").dispatcher.add_handler(MessageHandler(Filters.document, f))',
      'python',
    ],
    [
      'telegram, a pressed button',
      'message telegram',
      'from telegram.ext import CallbackQueryHandler\nasync def f(u, c):\n    load()\napp.add_handler(CallbackQueryHandler(f))',
      'python',
    ],
    [
      'falcon',
      'request falcon',
      'import falcon\nclass R:\n    def on_post(self, req, resp):\n        load()\napp = falcon.App()\napp.add_route("/x", R())',
      'python',
    ],
    [
      'sanic',
      'request sanic',
      'from sanic import Sanic\napp = Sanic("x")\n@app.post("/x")\nasync def f(r):\n    load()',
      'python',
    ],
    ['litestar', 'request litestar', 'from litestar import post\n@post("/x")\nasync def f():\n    load()', 'python'],
    [
      'fastapi BackgroundTasks',
      'request fastapi',
      'from fastapi import FastAPI, BackgroundTasks\napp = FastAPI()\ndef work():\n    load()\n@app.post("/x")\ndef f(b: BackgroundTasks):\n    b.add_task(work)',
      'python',
    ],
    [
      'to_thread',
      'request fastapi',
      'import asyncio\nfrom fastapi import FastAPI\napp = FastAPI()\ndef work():\n    load()\n@app.post("/x")\nasync def f():\n    await asyncio.to_thread(work)',
      'python',
    ],
    [
      'run_in_executor',
      'request fastapi',
      'import asyncio\nfrom fastapi import FastAPI\napp = FastAPI()\ndef work():\n    load()\n@app.post("/x")\nasync def f():\n    await asyncio.get_event_loop().run_in_executor(None, work)',
      'python',
    ],
    [
      'run_in_threadpool partial',
      'request fastapi',
      'from functools import partial\nfrom fastapi import FastAPI\nfrom fastapi.concurrency import run_in_threadpool\napp = FastAPI()\ndef work(x):\n    load()\n@app.post("/x")\nasync def f():\n    await run_in_threadpool(partial(work, 1))',
      'python',
    ],
    [
      'middleware',
      'request fastapi',
      'from fastapi import FastAPI\napp = FastAPI()\n@app.middleware("http")\nasync def f(r, n):\n    load()',
      'python',
    ],
    [
      'express router of the default import',
      'request express',
      "import express from 'express';\nconst r = express.Router();\nr.post('/x', async (req, res) => { load(); });",
      'typescript',
    ],
    [
      'express router',
      'request express',
      "import { Router } from 'express';\nconst r = Router();\nr.post('/x', async (req, res) => { load(); });",
      'typescript',
    ],
    [
      'express require',
      'request express',
      "const express = require('express');\nconst app = express();\napp.get('/x', (req, res) => { load(); });",
      'javascript',
    ],
    [
      'express chained route',
      'request express',
      "import express from 'express';\nconst app = express();\napp.route('/x').post((req, res) => { load(); });",
      'typescript',
    ],
    [
      'express controller',
      'request express',
      "import express from 'express';\nconst app = express();\nconst c = { async post(req, res) { load(); } };\napp.post('/x', c.post);",
      'typescript',
    ],
    [
      'fastify',
      'request fastify',
      "import Fastify from 'fastify';\nconst f = Fastify({ logger: true });\nf.post('/x', async () => load());",
      'typescript',
    ],
    [
      'fastify route obj',
      'request fastify',
      "import Fastify from 'fastify';\nconst f = Fastify();\nf.route({ method: 'GET', url: '/', handler: async () => load() });",
      'typescript',
    ],
    [
      'hono typed',
      'request hono',
      "import { Hono } from 'hono';\nconst app = new Hono<{ Bindings: X }>();\napp.post('/x', async (c) => load());\nexport default app;",
      'typescript',
    ],
    [
      'hono basePath chain',
      'request hono',
      "import { Hono } from 'hono';\nconst app = new Hono().basePath('/a').get('/x', async (c) => load());",
      'typescript',
    ],
    [
      'hono chain',
      'request hono',
      "import { Hono } from 'hono';\nconst app = new Hono().get('/y', (c) => 1).get('/x', async (c) => load());",
      'typescript',
    ],
    [
      'worker listener',
      'request worker',
      "addEventListener('fetch', (event) => { event.respondWith(load()); });",
      'javascript',
    ],
    [
      'worker class',
      'request worker',
      "import { WorkerEntrypoint } from 'cloudflare:workers';\nexport default class extends WorkerEntrypoint { async fetch() { load(); } }",
      'typescript',
    ],
    ['worker scheduled queue', 'message worker', 'export default { async queue(batch) { load(); } };', 'typescript'],
    [
      'worker named const',
      'request worker',
      'const w = { async fetch(r) { return load(); } };\nexport default w;',
      'typescript',
    ],
    [
      'worker satisfies',
      'request worker',
      'export default { async fetch(r) { return load(); } } satisfies ExportedHandler;',
      'typescript',
    ],
    ['lambda exports', 'request lambda', 'exports.handler = async (event) => { load(); };', 'javascript'],
    ['lambda module.exports', 'request lambda', 'module.exports.handler = async (event) => { load(); };', 'javascript'],
    ['lambda fn', 'request lambda', 'export async function handler(event) { load(); }', 'typescript'],
    [
      'middy',
      'request lambda',
      "import middy from '@middy/core';\nconst base = async (event) => load();\nexport const handler = middy(base);",
      'typescript',
    ],
    ['deno serve', 'request Deno', 'Deno.serve((req) => load());', 'typescript'],
    ['bun serve', 'request Bun', 'Bun.serve({ fetch(req) { return load(); } });', 'typescript'],
    [
      'supabase serve',
      'request deno',
      "import { serve } from 'https://deno.land/std@0.168.0/http/server.ts';\nserve(async (req) => load());",
      'typescript',
    ],
    ['next GET const', 'request next', 'export const GET = async () => load();', 'typescript', 'app/api/x/route.ts'],
    [
      'next src app',
      'request next',
      'export async function POST() { load(); }',
      'typescript',
      'src/app/api/x/route.ts',
    ],
    [
      'next getServerSideProps',
      'request next',
      'export async function getServerSideProps() { load(); }',
      'tsx',
      'pages/index.tsx',
    ],
    ['next middleware', 'request next', 'export function middleware(req) { load(); }', 'typescript', 'middleware.ts'],
    [
      'next server action',
      'request next',
      "'use server';\nexport async function act() { load(); }",
      'typescript',
      'app/actions.ts',
    ],
    [
      'inline server action',
      'request next',
      "export default function P() { async function act() { 'use server'; load(); } return <form action={act}/>; }",
      'tsx',
      'app/page.tsx',
    ],
    [
      'koa',
      'request koa',
      "import Koa from 'koa';\nconst app = new Koa();\napp.use(async (ctx) => { load(); });",
      'typescript',
    ],
    [
      'koa router',
      'request @koa/router',
      "import Router from '@koa/router';\nconst r = new Router();\nr.get('/', async (ctx) => { load(); });",
      'typescript',
    ],
    [
      'nest',
      'request nest',
      "import { Controller, Get } from '@nestjs/common';\n@Controller()\nexport class C { @Get() get() { return load(); } }",
      'typescript',
    ],
    [
      'trpc',
      'request @trpc/server',
      "import { initTRPC } from '@trpc/server';\nconst t = initTRPC.create();\nexport const r = t.router({ x: t.procedure.query(() => load()) });",
      'typescript',
    ],
    [
      'trpc import',
      'request ',
      "import { publicProcedure } from './trpc';\nexport const x = publicProcedure.input(z).mutation(async () => load());",
      'typescript',
    ],
    [
      'react component',
      'render react',
      "import { useState } from 'react';\nexport function View() { load(); return <p/>; }",
      'tsx',
    ],
    [
      'react arrow memo',
      'render react',
      "import { memo } from 'react';\nconst View = memo(() => { load(); return <p/>; });",
      'tsx',
    ],
    ['react no import jsx', 'render react', 'export default function View() { load(); return <p/>; }', 'tsx'],
    [
      'raf',
      'frame requestAnimationFrame',
      'function frame() { load(); requestAnimationFrame(frame); }\nrequestAnimationFrame(frame);',
      'javascript',
    ],
    [
      'raf window',
      'frame window',
      'const loop = async () => { await load(); window.requestAnimationFrame(loop); };\nloop();',
      'javascript',
    ],
    [
      'useFrame',
      'frame @react-three/fiber',
      "import { useFrame } from '@react-three/fiber';\nexport function V() { useFrame(() => { load(); }); return null; }",
      'tsx',
    ],
    ['rvfc', 'frame video frames', 'video.requestVideoFrameCallback(function f() { load(); });', 'javascript'],
    ['setInterval', 'frame setInterval', 'setInterval(() => { load(); }, 100);', 'javascript'],
    [
      'chrome ext',
      'message browser extension',
      'chrome.runtime.onMessage.addListener((m) => { load(); });',
      'javascript',
    ],
    [
      'bullmq',
      'message bullmq',
      "import { Worker } from 'bullmq';\nnew Worker('q', async (job) => { load(); });",
      'typescript',
    ],
    [
      'amqplib',
      'message amqplib',
      "import amqp from 'amqplib';\nconst c = await amqp.connect('x');\nconst ch = await c.createChannel();\nch.consume('q', async (m) => { load(); });",
      'typescript',
    ],
    [
      'kafkajs',
      'message kafkajs',
      "import { Kafka } from 'kafkajs';\nconst k = new Kafka({});\nconst c = k.consumer({ groupId: 'x' });\nawait c.run({ eachMessage: async ({ message }) => { load(); } });",
      'typescript',
    ],
    [
      'grpc js',
      'request @grpc/grpc-js',
      "import * as grpc from '@grpc/grpc-js';\nconst s = new grpc.Server();\ns.addService(proto.service, { predict: async (call, cb) => { load(); } });",
      'typescript',
    ],
    [
      'ws',
      'message socket',
      "import { WebSocketServer } from 'ws';\nconst w = new WebSocketServer({ port: 1 });\nw.on('connection', (ws) => { ws.on('message', async (m) => { load(); }); });",
      'typescript',
    ],
    [
      'socketio',
      'message socket',
      "import { Server } from 'socket.io';\nconst io = new Server(3000);\nio.on('connection', (s) => { s.on('x', async () => { load(); }); });",
      'typescript',
    ],
    [
      'http createServer',
      'request http',
      "import http from 'http';\nhttp.createServer(async (req, res) => { load(); });",
      'typescript',
    ],
    [
      'sveltekit load',
      'request sveltekit',
      'export async function load2() {}\nexport const actions = { default: async () => { load(); } };',
      'typescript',
      'src/routes/+page.server.ts',
    ],
    ['remix action', 'request remix', 'export async function action() { load(); }', 'tsx', 'app/routes/x.tsx'],
    [
      'nuxt',
      'request serverless',
      'export default defineEventHandler(async (e) => load());',
      'typescript',
      'server/api/x.ts',
    ],
    ['astro', 'request astro', 'export const GET = async () => load();', 'typescript', 'src/pages/api/x.ts'],
    [
      'mcp tool',
      'request @modelcontextprotocol/sdk/server/mcp',
      "import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';\nconst s = new McpServer({});\ns.tool('x', {}, async () => load());",
      'typescript',
    ],
    [
      'vercel api',
      'request serverless',
      'export default async function handler(req, res) { load(); }',
      'typescript',
      'api/x.ts',
    ],
    [
      'elysia',
      'request elysia',
      "import { Elysia } from 'elysia';\nnew Elysia().get('/', () => load()).listen(3000);",
      'typescript',
    ],
    [
      'adonis/graphql resolver',
      'request @apollo/server',
      "import { ApolloServer } from '@apollo/server';\nnew ApolloServer({ typeDefs, resolvers: { Query: { x: () => load() } } });",
      'typescript',
    ],
  ];
  for (const [title, expected, text, language, path] of reached) {
    it(title, () => {
      const { entryPoint } = placeIn(text, language, path);
      assert.equal(`${entryPoint?.kind} ${entryPoint?.framework}`, expected);
    });
  }

  const once: readonly Case[] = [
    [
      'fastapi lifespan asynccontextmanager',
      '',
      'from contextlib import asynccontextmanager\nfrom fastapi import FastAPI\n@asynccontextmanager\nasync def lifespan(app):\n    load()\n    yield\napp = FastAPI(lifespan=lifespan)',
      'python',
    ],
    [
      'ray serve init (not)',
      '',
      'from ray import serve\n@serve.deployment\nclass S:\n    def __init__(self):\n        load()',
      'python',
    ],
    [
      'on_event startup (not)',
      '',
      'from fastapi import FastAPI\napp = FastAPI()\n@app.on_event("startup")\nasync def f():\n    load()',
      'python',
    ],
  ];
  for (const [title, , text, language, path] of once)
    it(`not reached: ${title}`, () => assert.equal(placeIn(text, language, path).entryPoint, undefined));
});
