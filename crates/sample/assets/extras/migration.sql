-- CreateTable
CREATE TABLE "State" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "botId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "color" TEXT NOT NULL DEFAULT '#25D366',
    "position" INTEGER NOT NULL DEFAULT 0,
    "isFinal" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "State_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "tags" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "botId" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "tags_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "client_tags" (
    "clientId" TEXT NOT NULL,
    "tagId" INTEGER NOT NULL,
    "added_by" TEXT,
    "added_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,

    PRIMARY KEY ("clientId", "tagId"),
    CONSTRAINT "client_tags_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "Client" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "client_tags_tagId_fkey" FOREIGN KEY ("tagId") REFERENCES "tags" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Setting" (
    "id" BIGINT NOT NULL PRIMARY KEY,
    "botId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "channel" TEXT NOT NULL DEFAULT 'WHATSAPP',
    "value" JSONB NOT NULL,
    "price" DECIMAL NOT NULL DEFAULT 0,
    "ratio" REAL,
    "quota" BIGINT NOT NULL DEFAULT 9007199254740993,
    "secret" BLOB,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Setting_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Campaign" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "botId" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT 'Campaña ''sin título'' \ 1',
    "channel" TEXT NOT NULL DEFAULT 'web-chat',
    "scheduledAt" DATETIME,
    CONSTRAINT "Campaign_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "_CampaignToClient" (
    "A" INTEGER NOT NULL,
    "B" TEXT NOT NULL,
    CONSTRAINT "_CampaignToClient_A_fkey" FOREIGN KEY ("A") REFERENCES "Campaign" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "_CampaignToClient_B_fkey" FOREIGN KEY ("B") REFERENCES "Client" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Client" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "chatId" TEXT NOT NULL,
    "name" TEXT,
    "profilePicUrl" TEXT,
    "status" TEXT NOT NULL DEFAULT 'LEAD',
    "notes" TEXT,
    "tags" TEXT NOT NULL DEFAULT '[]',
    "lastBroadcastAt" DATETIME,
    "isBotPaused" BOOLEAN NOT NULL DEFAULT false,
    "botId" TEXT NOT NULL,
    "stateId" INTEGER,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Client_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Client_stateId_fkey" FOREIGN KEY ("stateId") REFERENCES "State" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_Client" ("botId", "chatId", "createdAt", "id", "isBotPaused", "lastBroadcastAt", "name", "notes", "profilePicUrl", "status", "tags", "updatedAt") SELECT "botId", "chatId", "createdAt", "id", "isBotPaused", "lastBroadcastAt", "name", "notes", "profilePicUrl", "status", "tags", "updatedAt" FROM "Client";
DROP TABLE "Client";
ALTER TABLE "new_Client" RENAME TO "Client";
CREATE INDEX "Client_botId_status_idx" ON "Client"("botId", "status");
CREATE UNIQUE INDEX "Client_botId_chatId_key" ON "Client"("botId", "chatId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "State_botId_name_key" ON "State"("botId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "tag_label_por_bot" ON "tags"("botId", "label");

-- CreateIndex
CREATE INDEX "client_tags_tagId_added_at_idx" ON "client_tags"("tagId", "added_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Setting_botId_key_channel_key" ON "Setting"("botId", "key", "channel");

-- CreateIndex
CREATE UNIQUE INDEX "_CampaignToClient_AB_unique" ON "_CampaignToClient"("A", "B");

-- CreateIndex
CREATE INDEX "_CampaignToClient_B_index" ON "_CampaignToClient"("B");
