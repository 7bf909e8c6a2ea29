CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text(256) NOT NULL,
	`age` integer DEFAULT 18,
	`created_at` integer DEFAULT (unixepoch()) NOT NULL,
	`updated_ms` integer DEFAULT (unixepoch() * 1000),
	`exact_ms` integer DEFAULT (cast((julianday('now') - 2440587.5)*86400000 as integer)) NOT NULL,
	`seen` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
	`sec` integer DEFAULT (strftime('%s', 'now')),
	`sec2` integer DEFAULT (cast(strftime('%s','now') as int) * 1000),
	`role` text DEFAULT 'user' NOT NULL,
	`flag` integer DEFAULT false NOT NULL,
	`on_day` text DEFAULT (CURRENT_DATE),
	`token` text DEFAULT (lower(hex(randomblob(16)))),
	`local` text DEFAULT (datetime('now','localtime')),
	CONSTRAINT "age_check" CHECK("users"."age" > 0 and `age` < 200)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_name_unique` ON `users` (`name`);
CREATE TABLE `posts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`author` text NOT NULL,
	`body` blob,
	FOREIGN KEY (`author`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
CREATE TABLE `post_tags` (`post` integer, `tag` text, PRIMARY KEY(`post`, `tag`), FOREIGN KEY (`post`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action);
CREATE TABLE `__drizzle_migrations` (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric);
