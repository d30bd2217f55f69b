import type { Server as HttpServer } from "node:http";
import type { Server } from "node:net";

/** Listens on 127.0.0.1 and answers the port it got. */
export const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("a server without a port"));
      else resolve(address.port);
    });
  });

/** Does not wait for browsers that keep their connection. */
export const close = (server: HttpServer): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
