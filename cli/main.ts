import { Command } from "commander";
import { auditCommand } from "./audit.ts";
import { calendarCommand } from "./calendar.ts";
import { planCommand } from "./plan.ts";
import { publicationCommand } from "./publication.ts";
import { whatIfCommand } from "./what-if.ts";

const program = new Command("nenrin")
  .description("年次のPDCA（評価等）を動かす Nenrin の道具")
  .addCommand(planCommand())
  .addCommand(whatIfCommand())
  .addCommand(publicationCommand())
  .addCommand(calendarCommand())
  .addCommand(auditCommand());

await program.parseAsync();
