// Subscribes to a private channel with pusher-js and prints what it hears, one JSON object a line.
//     node pusher.mjs FOLDER PORT KEY CHANNEL      (the bearer is in the environment, as BEARER)
import { createRequire } from "node:module";

const [folder, port, key, channel] = process.argv.slice(2);
const Pusher = createRequire(folder + "/")("pusher-js");
const say = (event, data) => console.log(JSON.stringify({ event, data: data ?? null }));

// What the application does: its own server signs the channel.
async function sign({ socketId, channelName }, callback) {
  if (process.env.BEARER === "forge") {
    callback(null, { auth: `${key}:${"0".repeat(64)}` });
    return;
  }
  const answer = await fetch(`https://localhost:${port}/v1/pusher/auth`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${process.env.BEARER}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ socket_id: socketId, channel_name: channelName }),
  });
  if (answer.ok) callback(null, await answer.json());
  else callback(new Error(String(answer.status)), null);
}

const pusher = new Pusher(key, {
  cluster: "",
  wsHost: "localhost",
  wssPort: Number(port),
  forceTLS: true,
  enabledTransports: ["ws", "wss"],
  disableStats: true,
  channelAuthorization: { customHandler: sign },
});
pusher.connection.bind("connected", () => say("connected", pusher.connection.socket_id));
pusher.connection.bind("error", (error) => say("error", error?.data ?? error?.error?.data ?? {}));
const subscription = pusher.subscribe(channel);
subscription.bind("pusher:subscription_succeeded", () => say("subscribed"));
subscription.bind("pusher:subscription_error", (error) => say("subscription_error", error));
subscription.bind("progress", (data) => {
  say("progress", data);
  if (data.done) pusher.disconnect();
});
