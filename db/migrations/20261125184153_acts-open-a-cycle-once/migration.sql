CREATE INDEX "acts_cycle" ON "acts" ("cycle");--> statement-breakpoint
CREATE UNIQUE INDEX "acts_open_a_cycle_once" ON "acts" ("cycle") WHERE "name" = 'cycle.open' and "state" <> 'refused';