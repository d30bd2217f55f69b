import { createServer, type Server, type Socket } from "node:net";

/** Where in the dialogue the server can misbehave. */
export type Moment = "connect" | "EHLO" | "MAIL" | "RCPT" | "DATA" | "body" | "dot";

/** What it does there instead of its duty, once; with `takes`, after it has taken the message for good. */
export interface Fault {
  readonly at: Moment;
  readonly does:
    | { readonly is: "reset" }
    | { readonly is: "hang" }
    /** Says this line instead, and closes after a 421 as a server does. */
    | { readonly is: "say"; readonly line: string }
    /** Does its duty, but a byte at a time. */
    | { readonly is: "crawl" }
    /** Does its duty as soon as `until` resolves. */
    | { readonly is: "wait"; readonly until: Promise<void> };
  readonly takes?: true;
}

/** A real SMTP server on loopback that misbehaves on command and remembers what it took. */
export interface FaultySmtp {
  readonly port: number;
  /** Message-ID of every message it took, in order; a doubled mail stands here twice. */
  readonly taken: readonly string[];
  /** Every address it was given in RCPT. */
  readonly recipients: readonly string[];
  readonly messages: readonly string[];
  readonly connections: () => number;
  readonly misbehave: (fault: Fault) => void;
  readonly close: () => Promise<void>;
}

interface Options {
  readonly port?: number;
  /** EHLO keywords, e.g. `PIPELINING`. */
  readonly extensions?: readonly string[];
}

interface House {
  fault: Fault | null;
  readonly extensions: readonly string[];
  readonly taken: string[];
  readonly recipients: string[];
  readonly messages: string[];
}

const GREETING = "220 relay.example ESMTP";

const crawl = (socket: Socket, text: string): void => {
  socket.write(text.slice(0, 1));
  if (text.length > 1) setTimeout(() => crawl(socket, text.slice(1)), 2).unref();
};

/** Does what the fault says at this moment, or else says `duty`. */
const perform = (
  house: House,
  socket: Socket,
  { at, duty }: { readonly at: Moment; readonly duty: string },
): void => {
  const does = house.fault?.at === at ? house.fault.does : undefined;
  if (does !== undefined) house.fault = null;
  switch (does?.is) {
    case undefined:
      return void socket.write(`${duty}\r\n`);
    case "reset":
      return void socket.resetAndDestroy();
    case "hang":
      return;
    case "say":
      socket.write(`${does.line}\r\n`);
      return does.line.startsWith("421") ? void socket.end() : undefined;
    case "crawl":
      return crawl(socket, `${duty}\r\n`);
    case "wait":
      return void does.until.then(() => socket.write(`${duty}\r\n`));
  }
};

const take = (house: House, message: string): string => {
  const isTaken = house.fault?.at !== "dot" || house.fault.takes === true || mayDoItsDuty(house.fault);
  if (isTaken) {
    house.taken.push(/^Message-ID:\s*(<[^>]+>)/im.exec(message)?.[1] ?? "none");
    house.messages.push(message);
  }
  return `250 2.0.0 Ok: queued as Q${house.taken.length}`;
};
const mayDoItsDuty = ({ does }: Fault): boolean => does.is === "crawl" || does.is === "wait";

const command = (house: House, socket: Socket, line: string): "data" | "command" => {
  const verb = line.slice(0, 4).toUpperCase();
  if (verb === "EHLO") {
    const lines = ["relay.example", ...house.extensions];
    const duty = lines.map((text, n) => `250${n === lines.length - 1 ? " " : "-"}${text}`).join("\r\n");
    perform(house, socket, { at: "EHLO", duty });
  } else if (verb === "MAIL") perform(house, socket, { at: "MAIL", duty: "250 2.1.0 Ok" });
  else if (verb === "RCPT") {
    house.recipients.push(line.replace(/^RCPT TO:<([^>]*)>.*$/i, "$1"));
    perform(house, socket, { at: "RCPT", duty: "250 2.1.5 Ok" });
  } else if (verb === "DATA") {
    const refused = house.fault?.at === "DATA" && house.fault.does.is === "say";
    perform(house, socket, { at: "DATA", duty: "354 End data with <CR><LF>.<CR><LF>" });
    return refused ? "command" : "data";
  } else if (verb === "QUIT") socket.end("221 2.0.0 Bye\r\n");
  else socket.write("250 2.0.0 Ok\r\n");
  return "command";
};

const converse = (house: House, socket: Socket): void => {
  let waiting = "";
  let mode: "command" | "data" = "command";
  let searched = 0;
  const readCommands = (): void => {
    for (let end = waiting.indexOf("\r\n"); end >= 0 && mode === "command"; end = waiting.indexOf("\r\n")) {
      const line = waiting.slice(0, end);
      waiting = waiting.slice(end + 2);
      mode = command(house, socket, line);
    }
  };
  const readMessage = (): void => {
    const start = waiting.startsWith(".\r\n") ? 0 : waiting.indexOf("\r\n.\r\n", searched);
    searched = start < 0 ? Math.max(0, waiting.length - 4) : 0;
    if (start < 0) return;
    const message = waiting.slice(0, start);
    waiting = waiting.slice(waiting.indexOf(".\r\n", start) + 3);
    mode = "command";
    perform(house, socket, { at: "dot", duty: take(house, message) });
  };
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    waiting += chunk.toString("latin1");
    if (mode === "command") readCommands();
    if (mode === "data" && waiting !== "" && house.fault?.at === "body") {
      waiting = "";
      perform(house, socket, { at: "body", duty: "" });
      return;
    }
    if (mode === "data") readMessage();
    readCommands();
  });
  perform(house, socket, { at: "connect", duty: GREETING });
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("no port"));
      else resolve(address.port);
    });
  });

export const startFaultySmtp = async ({ port = 0, extensions = [] }: Options = {}): Promise<FaultySmtp> => {
  const house: House = { fault: null, extensions, taken: [], recipients: [], messages: [] };
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    converse(house, socket);
  });
  return {
    port: await listen(server, port),
    taken: house.taken,
    recipients: house.recipients,
    messages: house.messages,
    connections: () => connections,
    misbehave: (fault) => {
      house.fault = fault;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};
