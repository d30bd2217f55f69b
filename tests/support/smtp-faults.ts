import { createServer, type Server, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** Where in the dialogue the server can misbehave; `replied` is when its last reply about a mail has left. */
export type Moment = "connect" | "EHLO" | "MAIL" | "RCPT" | "DATA" | "body" | "dot" | "replied";

/** What it does there instead of its duty; with `takes`, after it has taken the message for good. */
export interface Fault {
  readonly at: Moment;
  readonly does: Misdeed;
  readonly takes?: true;
}
export type Misdeed =
  | { readonly is: "reset" }
  | { readonly is: "hang" }
  /** Says this line instead, and closes after a 421 as a server does. */
  | { readonly is: "say"; readonly line: string }
  /** Does its duty, but a byte at a time. */
  | { readonly is: "crawl" }
  /** Sends a byte now and then, and never comes to an end. */
  | { readonly is: "drip" }
  /** Does its duty as soon as `until` resolves. */
  | { readonly is: "wait"; readonly until: Promise<void> }
  /** Lets something happen, and says nothing more. */
  | { readonly is: "let"; readonly happen: () => void };

/** Who is spoken to when the server makes up its mind. */
export interface Dialogue {
  /** 1, 2, 3 … */
  readonly connection: number;
  /** How many mails this connection has begun; counts from 1. */
  readonly mail: number;
  /** Of the mail under way; empty before RCPT. */
  readonly recipient: string;
}
export type Mood = (at: Moment, dialogue: Dialogue) => Omit<Fault, "at"> | undefined;

/** A real SMTP server on loopback that misbehaves on command and remembers what it took. */
export interface FaultySmtp {
  readonly port: number;
  /** Message-ID of every message it took, in order; a doubled mail stands here twice. */
  readonly taken: readonly string[];
  /** Every address it was given in RCPT. */
  readonly recipients: readonly string[];
  readonly messages: readonly string[];
  readonly connections: () => number;
  /** Once, when it next comes to that moment. */
  readonly misbehave: (fault: Fault) => void;
  readonly close: () => Promise<void>;
}

interface Options {
  readonly port?: number;
  /** EHLO keywords, e.g. `PIPELINING`. */
  readonly extensions?: readonly string[];
  /** Asked at every moment. */
  readonly mood?: Mood;
}

interface House {
  fault: Fault | null;
  readonly mood: Mood;
  readonly extensions: readonly string[];
  readonly taken: string[];
  readonly recipients: string[];
  readonly messages: string[];
}
/** One connection, from the server's side. */
interface Session {
  readonly house: House;
  readonly socket: Socket;
  readonly connection: number;
  mail: number;
  recipient: string;
  /** Sender and recipient are accepted: with PIPELINING the client asks on before it knows. */
  open: boolean;
  /** What has been said so far: a reply comes after those before it, however slow they are. */
  said: Promise<void>;
}

const GREETING = "220 relay.example ESMTP";
const DRIP_MS = 20;

const crawl = async (socket: Socket, text: string): Promise<void> => {
  for (const byte of text) {
    socket.write(byte);
    await pause(2, undefined, { ref: false });
  }
};
const never = new Promise<void>(() => {});
const drip = (socket: Socket): void => {
  if (socket.destroyed) return;
  socket.write("2");
  setTimeout(() => drip(socket), DRIP_MS).unref();
};

/** What happens at this moment; a fault that was ordered happens once. */
const meet = ({ house, connection, mail, recipient }: Session, at: Moment): Omit<Fault, "at"> | undefined => {
  if (house.fault?.at !== at) return house.mood(at, { connection, mail, recipient });
  const { fault } = house;
  house.fault = null;
  return fault;
};

const perform = async (socket: Socket, does: Misdeed | undefined, duty: string): Promise<void> => {
  switch (does?.is) {
    case undefined:
      return void socket.write(`${duty}\r\n`);
    case "reset":
      return void socket.resetAndDestroy();
    case "hang":
      return never;
    case "say":
      socket.write(`${does.line}\r\n`);
      if (does.line.startsWith("421")) socket.end();
      return;
    case "crawl":
      return crawl(socket, `${duty}\r\n`);
    case "drip":
      drip(socket);
      return never;
    case "wait":
      await does.until;
      return void socket.write(`${duty}\r\n`);
    case "let":
      does.happen();
      return never;
  }
};
const respond = (session: Session, does: Misdeed | undefined, duty: string): void => {
  session.said = session.said.then(() => perform(session.socket, does, duty));
};

const doesItsDuty = (does: Misdeed): boolean => does.is === "crawl" || does.is === "wait";

const take = (session: Session, message: string): void => {
  const { house } = session;
  const fault = meet(session, "dot");
  if (fault === undefined || fault.takes === true || doesItsDuty(fault.does)) {
    house.taken.push(/^Message-ID:\s*(<[^>]+>)/im.exec(message)?.[1] ?? "none");
    house.messages.push(message);
  }
  respond(session, fault?.does, `250 2.0.0 Ok: queued as Q${house.taken.length}`);
  const after = fault === undefined ? meet(session, "replied") : undefined;
  if (after !== undefined) respond(session, after.does, "");
};

const answer = (session: Session, at: Moment, duty: string): "duty" | "instead" => {
  const does = meet(session, at)?.does;
  respond(session, does, duty);
  return does?.is === "say" ? "instead" : "duty";
};

const command = (session: Session, line: string): "data" | "command" => {
  const { house, socket } = session;
  const verb = line.slice(0, 4).toUpperCase();
  if (verb === "EHLO") {
    const lines = ["relay.example", ...house.extensions];
    const duty = lines.map((text, n) => `250${n === lines.length - 1 ? " " : "-"}${text}`).join("\r\n");
    answer(session, "EHLO", duty);
  } else if (verb === "MAIL") {
    session.mail += 1;
    session.recipient = "";
    session.open = answer(session, "MAIL", "250 2.1.0 Ok") === "duty";
  } else if (verb === "RCPT") {
    session.recipient = line.replace(/^RCPT TO:<([^>]*)>.*$/i, "$1");
    house.recipients.push(session.recipient);
    if (session.open) session.open = answer(session, "RCPT", "250 2.1.5 Ok") === "duty";
    else respond(session, undefined, "503 5.5.1 no sender");
  } else if (verb === "DATA") {
    if (!session.open) {
      respond(session, undefined, "554 5.5.1 no recipient");
      return "command";
    }
    const said = answer(session, "DATA", "354 End data with <CR><LF>.<CR><LF>");
    return said === "duty" ? "data" : "command";
  } else if (verb === "QUIT") socket.end("221 2.0.0 Bye\r\n");
  else socket.write("250 2.0.0 Ok\r\n");
  return "command";
};

const converse = (session: Session): void => {
  const { socket } = session;
  let waiting = "";
  let mode: "command" | "body" | "data" | "deaf" = "command";
  let searched = 0;
  const readCommands = (): void => {
    for (let end = waiting.indexOf("\r\n"); end >= 0 && mode === "command"; end = waiting.indexOf("\r\n")) {
      const line = waiting.slice(0, end);
      waiting = waiting.slice(end + 2);
      mode = command(session, line) === "data" ? "body" : "command";
    }
  };
  const beginBody = (): void => {
    const fault = meet(session, "body");
    mode = fault === undefined ? "data" : "deaf";
    if (fault !== undefined) respond(session, fault.does, "");
  };
  const readMessage = (): void => {
    const start = waiting.startsWith(".\r\n") ? 0 : waiting.indexOf("\r\n.\r\n", searched);
    searched = start < 0 ? Math.max(0, waiting.length - 4) : 0;
    if (start < 0) return;
    const message = waiting.slice(0, start);
    waiting = waiting.slice(waiting.indexOf(".\r\n", start) + 3);
    mode = "command";
    take(session, message);
  };
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    waiting += chunk.toString("latin1");
    readCommands();
    if (mode === "body" && waiting !== "") beginBody();
    if (mode === "data") readMessage();
    readCommands();
  });
  answer(session, "connect", GREETING);
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

export const startFaultySmtp = async ({
  port = 0,
  extensions = [],
  mood = () => undefined,
}: Options = {}): Promise<FaultySmtp> => {
  const house: House = { fault: null, mood, extensions, taken: [], recipients: [], messages: [] };
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    converse({
      house,
      socket,
      connection: connections,
      mail: 0,
      recipient: "",
      open: false,
      said: Promise.resolve(),
    });
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
