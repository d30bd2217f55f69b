CREATE TABLE "answer_files" (
	"content" uuid,
	"file" uuid,
	CONSTRAINT "answer_files_pkey" PRIMARY KEY("content","file")
);
--> statement-breakpoint
CREATE TABLE "file_chunks" (
	"file" uuid,
	"position" integer,
	"bytes" bytea NOT NULL,
	CONSTRAINT "file_chunks_pkey" PRIMARY KEY("file","position")
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" uuid PRIMARY KEY,
	"request" text NOT NULL,
	"item" text NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"hash" text NOT NULL,
	"size" integer NOT NULL,
	"confidentiality" integer NOT NULL,
	"handling" text[] NOT NULL,
	"place" text NOT NULL,
	"stored_by" text NOT NULL,
	"stored_at" timestamp with time zone NOT NULL,
	CONSTRAINT "files_version" UNIQUE("item","name","version")
);
--> statement-breakpoint
CREATE INDEX "answer_files_file" ON "answer_files" ("file");--> statement-breakpoint
CREATE INDEX "files_request" ON "files" ("request");--> statement-breakpoint
ALTER TABLE "answer_files" ADD CONSTRAINT "answer_files_file_files_id_fkey" FOREIGN KEY ("file") REFERENCES "files"("id");--> statement-breakpoint
ALTER TABLE "file_chunks" ADD CONSTRAINT "file_chunks_file_files_id_fkey" FOREIGN KEY ("file") REFERENCES "files"("id") ON DELETE CASCADE;