// Starts the language server, and shows the site of the knowledge base beside its text.
import { ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";

let client: LanguageClient | undefined;
let server: { folder: string; process: ChildProcess; address: Promise<string> } | undefined;

const program = (): string => vscode.workspace.getConfiguration("faqc").get("path", "faqc");

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("faqc.preview", preview),
    vscode.commands.registerCommand("faqc.restart", restart),
    vscode.tasks.registerTaskProvider("faqc", { provideTasks: tasks, resolveTask }),
    { dispose: () => server?.process.kill() },
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  server?.process.kill();
  await client?.stop();
}

async function restart(): Promise<void> {
  await client?.stop();
  client = new LanguageClient(
    "faqc",
    "faqc",
    { command: program(), args: ["lsp"] },
    { documentSelector: [{ language: "faq" }, { pattern: "**/faq.toml" }] },
  );
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const text = vscode.env.language.startsWith("ja")
      ? `faqc を起動できません（設定 faqc.path を確かめてください）：${error}`
      : `Cannot start faqc (see the setting faqc.path): ${error}`;
    void vscode.window.showErrorMessage(text);
  }
}

const commands = ["check", "test", "build"] as const;

/** A task as tasks.json has it; `out` is the folder for what `build` writes. */
interface Definition extends vscode.TaskDefinition {
  command: (typeof commands)[number];
  out?: string;
}

/** A command of faqc as a task, whose findings go to the list of problems. */
function task(definition: Definition, scope: vscode.WorkspaceFolder | vscode.TaskScope): vscode.Task {
  const { command, out = "public" } = definition;
  const outputs = command === "build" ? ["--out", out] : [];
  const execution = new vscode.ProcessExecution(program(), [command, "--format", "short", ...outputs]);
  return new vscode.Task(definition, scope, command, "faqc", execution, "$faqc");
}

/** The tasks that are offered without a tasks.json: those that write nothing. */
function tasks(): vscode.Task[] {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) return [];
  return [task({ type: "faqc", command: "check" }, folder), task({ type: "faqc", command: "test" }, folder)];
}

/** A task that stands in tasks.json. The editor knows it again by its definition, which must be the very object. */
function resolveTask({ definition, scope }: vscode.Task): vscode.Task | undefined {
  return isDefinition(definition) ? task(definition, scope ?? vscode.TaskScope.Workspace) : undefined;
}

function isDefinition(definition: vscode.TaskDefinition): definition is Definition {
  return commands.includes(definition["command"]) && ["string", "undefined"].includes(typeof definition["out"]);
}

/** The folder with the faq.toml that a file belongs to. */
function knowledgeBase(file: string): string | undefined {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, "faq.toml"))) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}

async function preview(): Promise<void> {
  const file = vscode.window.activeTextEditor?.document.uri.fsPath;
  const folder = (file && knowledgeBase(file)) ?? vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (folder === undefined) return;
  if (server === undefined || server.folder !== folder || server.process.exitCode !== null) {
    server?.process.kill();
    server = serve(folder);
  }
  try {
    const address = await server.address;
    const shown = await vscode.env.asExternalUri(vscode.Uri.parse(address));
    await vscode.commands.executeCommand("simpleBrowser.api.open", shown, { viewColumn: vscode.ViewColumn.Beside });
  } catch (error) {
    void vscode.window.showErrorMessage(String(error));
  }
}

/** Runs `faqc serve`; its address is the first one that it says. */
function serve(folder: string): NonNullable<typeof server> {
  const process = spawn(program(), ["serve", folder], { stdio: ["ignore", "pipe", "pipe"] });
  const address = new Promise<string>((resolve, reject) => {
    let said = "";
    const read = (data: Buffer): void => {
      said += data.toString();
      const found = said.match(/https?:\/\/[^\s\u001b]+/);
      if (found) resolve(found[0]);
    };
    process.stdout.on("data", read);
    process.stderr.on("data", read);
    process.on("error", reject);
    process.on("exit", () => reject(new Error(said.trim() || "faqc serve ended")));
  });
  return { folder, process, address };
}
