import type { FileFault } from "../../domain/file-name.ts";

/** Ends the taking of a file. */
export class EvidenceFault extends Error {
  override readonly name = "EvidenceFault";
  readonly fault: FileFault;
  constructor(fault: FileFault) {
    super(fault);
    this.fault = fault;
  }
}
