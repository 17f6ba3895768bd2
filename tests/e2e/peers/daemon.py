"""A cloud-desktop daemon that shares no code with MultiClaw, written from PROTOCOL.md alone.

It serves JPEG files with aiortc: the first as a bare JPEG, then framed in parts, then rectangles.
Input it gets is printed, one JSON object a line. Usage:
    daemon.py CLOUD CA-FILE FRAME.jpg TILE.jpg      (the token comes on standard input)
"""

import asyncio
import json
import ssl
import struct
import sys
import time
import urllib.request

import websockets
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.sdp import candidate_from_sdp

HEADER = struct.Struct("<BBBBIQHHHHHHHHHHII")
PART = 65536 - HEADER.size


def clock():
    return time.monotonic_ns() // 1000


def framed(sequence, desktop, tiles):
    """The messages of one update; tiles are (x, y, width, height, jpeg)."""
    captured = clock()
    for index, (x, y, width, height, jpeg) in enumerate(tiles):
        parts = [jpeg[at : at + PART] for at in range(0, len(jpeg), PART)]
        offset = 0
        for number, part in enumerate(parts):
            yield HEADER.pack(
                0x4D, 1, 1, 0, sequence, captured, *desktop, x, y, width, height,
                index, len(tiles), number, len(parts), len(jpeg), offset,
            ) + part
            offset += len(part)


def jpeg_size(jpeg):
    at = 2
    while True:
        marker, length = jpeg[at + 1], struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
        if marker in (0xC0, 0xC1, 0xC2):
            height, width = struct.unpack(">HH", jpeg[at + 5 : at + 9])
            return width, height
        at += 2 + length


def say(**what):
    print(json.dumps(what), flush=True)


class Viewer:
    def __init__(self, send, session, frame, tile):
        self.peer = RTCPeerConnection()
        self.send, self.session, self.frame, self.tile = send, session, frame, tile
        self.early, self.shown = [], asyncio.Queue()
        self.peer.on("datachannel", self.channel)

    async def signal(self, signal):
        if signal["kind"] == "offer":
            offer = RTCSessionDescription(sdp=signal["sdp"], type="offer")
            await self.peer.setRemoteDescription(offer)
            for candidate in self.early:
                await self.peer.addIceCandidate(candidate)
            await self.peer.setLocalDescription(await self.peer.createAnswer())
            answer = {"kind": "answer", "sdp": self.peer.localDescription.sdp}
            await self.send({"type": "signal", "session": self.session, "signal": answer})
        elif signal["kind"] == "candidate":
            candidate = candidate_from_sdp(signal["candidate"].split(":", 1)[1])
            candidate.sdpMid, candidate.sdpMLineIndex = "0", 0
            if self.peer.remoteDescription:
                await self.peer.addIceCandidate(candidate)
            else:
                self.early.append(candidate)

    def channel(self, channel):
        if channel.label == "input":
            channel.on("message", lambda text: say(input=json.loads(text)))
        elif channel.label == "control":
            channel.on("message", lambda text: self.control(channel, json.loads(text)))
        elif channel.label == "frames":
            asyncio.ensure_future(self.frames(channel))

    def control(self, channel, message):
        width, height = jpeg_size(self.frame)
        if message["type"] == "hello":
            channel.send(json.dumps({
                "type": "hello", "version": 1, "agent": "daemon.py",
                "width": width, "height": height, "layout": "us",
            }))
            channel.send(json.dumps({"type": "weather", "of": "a later version"}))
        elif message["type"] == "ping":
            pong = {"type": "pong", "id": message["id"], "clock_us": clock()}
            channel.send(json.dumps(pong))
        elif message["type"] == "feedback":
            self.shown.put_nowait(message["shown"])

    async def frames(self, channel):
        width, height = size = jpeg_size(self.frame)
        channel.send(self.frame)  # the simplest daemon: a bare JPEG
        await self.shown.get()
        say(shown="bare")
        channel.send(b"M\x02\x01\x00from a later version")
        whole = [(0, 0, width, height, self.frame)]
        for message in framed(1, size, whole):
            channel.send(message)
        await self.shown.get()
        say(shown="framed")
        tile_width, tile_height = jpeg_size(self.tile)
        for message in framed(2, size, [(64, 64, tile_width, tile_height, self.tile)]):
            channel.send(message)
        await self.shown.get()
        say(shown="rectangle")


async def main(cloud, ca, frame, tile):
    token = sys.stdin.readline().strip()
    context = ssl.create_default_context(cafile=ca)
    request = urllib.request.Request(
        f"{cloud}/v1/realtime/token", data=b"{}", method="POST",
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, context=context) as answer:
        realtime = json.load(answer)["token"]
    sessions = {}
    async with websockets.connect(
        cloud.replace("https", "wss") + "/v1/realtime", ssl=context,
        additional_headers={"Authorization": f"Bearer {realtime}"},
    ) as socket:
        async def send(message):
            await socket.send(json.dumps(message))

        async for text in socket:
            message = json.loads(text)
            if message["type"] == "ready":
                say(ready=True)
            elif message["type"] == "session-opened":
                sessions[message["session"]] = Viewer(send, message["session"], frame, tile)
            elif message["type"] == "signal":
                await sessions[message["session"]].signal(message["signal"])


if __name__ == "__main__":
    _, cloud, ca, frame, tile = sys.argv
    asyncio.run(main(cloud, ca, open(frame, "rb").read(), open(tile, "rb").read()))
