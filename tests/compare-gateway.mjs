// What tests/compare-gateway needs of the gateway and of its Control UI.
//
//   history URL KEY COUNT      writes so many messages into a conversation
//   stream URL KEY SECONDS     has an answer streamed for so long, and waits for its end
//   control-ui URL KEY FILE    shows the conversation in headless Chromium; the browser's process
//                              goes into FILE; "scroll N" on standard input turns the wheel
//
// The gateway's token comes in GATEWAY_TOKEN.
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [what, url, key, rest] = process.argv.slice(2);
const token = process.env.GATEWAY_TOKEN;

function connect(onEvent) {
  const socket = new WebSocket(url);
  const waiting = new Map();
  let id = 0;
  const call = (method, params) =>
    new Promise((resolve, reject) => {
      waiting.set(String(++id), { resolve, reject });
      socket.send(JSON.stringify({ type: "req", id: String(id), method, params }));
    });
  return new Promise((resolve, reject) => {
    socket.onerror = () => reject(new Error("no connection to the gateway"));
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data);
      if (frame.type === "res") {
        const { resolve, reject } = waiting.get(frame.id) ?? {};
        waiting.delete(frame.id);
        if (frame.ok) resolve?.(frame.payload);
        else reject?.(new Error(JSON.stringify(frame.error)));
      } else if (frame.event === "connect.challenge") {
        call("connect", {
          minProtocol: 4,
          maxProtocol: 4,
          client: { id: "cli", version: "0.1.0", platform: "linux", mode: "cli" },
          role: "operator",
          scopes: ["operator.read", "operator.write", "operator.admin"],
          caps: [],
          auth: { token },
        }).then(() => resolve({ call, close: () => socket.close() }), reject);
      } else onEvent?.(frame.event, frame.payload);
    };
  });
}

if (what === "history") {
  const gateway = await connect();
  await gateway.call("sessions.create", { key, agentId: "main" });
  const message = (n) =>
    `Message ${n}\n\nSome **Markdown** with \`code\`, and a [link](https://example.com/${n}).\n\n- one\n- two`;
  for (let n = 0; n < Number(rest); n += 50) {
    const some = Array.from({ length: Math.min(50, Number(rest) - n) }, (_, k) => message(n + k));
    await Promise.all(some.map((text) => gateway.call("chat.inject", { sessionKey: key, message: text })));
  }
  gateway.close();
} else if (what === "stream") {
  const runId = randomUUID();
  let ended;
  const end = new Promise((resolve) => (ended = resolve));
  const gateway = await connect((event, payload) => {
    if (event === "chat" && payload.runId === runId && !["status", "delta"].includes(payload.state)) ended();
  });
  // Twenty words a second.
  const message = `slow ${Number(rest) * 20} 50`;
  await gateway.call("chat.send", { sessionKey: key, message, idempotencyKey: runId });
  await end;
  gateway.close();
} else if (what === "control-ui") {
  const require = createRequire(`${process.cwd()}/tests/.peers/control-ui/`);
  const { chromium } = require("playwright-core");
  const browser = await chromium.launchServer({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
  const page = await (await chromium.connect(browser.wsEndpoint())).newPage({ viewport: { width: 1180, height: 760 } });
  const port = new URL(url).port;
  await page.goto(`http://127.0.0.1:${port}/chat?session=${encodeURIComponent(key)}#token=${token}`);
  await page.mouse.move(760, 400);
  writeFileSync(rest, String(browser.process().pid));
  for await (const line of createInterface({ input: process.stdin })) {
    const [, count] = line.split(" ");
    for (let n = 0; n < Number(count); n += 1) {
      await page.mouse.wheel(0, -120);
      await page.waitForTimeout(40);
    }
  }
  await browser.close();
  process.exit(0);
} else {
  console.error(`unknown: ${what}`);
  process.exit(2);
}
