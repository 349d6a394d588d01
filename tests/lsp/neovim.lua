-- Opens a file, waits for what the server finds, asks it a few things, and ends with what they came to.
local function say(text) io.stderr:write(text .. "\n") end
local function fail(text) say("FAILED: " .. text) vim.cmd("cquit 1") end

local buffer = vim.api.nvim_get_current_buf()
local id = vim.lsp.start_client({ name = "faqc", cmd = { os.getenv("FAQC"), "lsp" }, root_dir = vim.fn.getcwd() })
if not id or not vim.lsp.buf_attach_client(buffer, id) then fail("no client") end

if not vim.wait(20000, function() return #vim.diagnostic.get(buffer) > 0 end, 20) then fail("no findings") end
for _, finding in ipairs(vim.diagnostic.get(buffer)) do
  local code = finding.code or finding.user_data.lsp.code
  local text = vim.api.nvim_buf_get_text(buffer, finding.lnum, finding.col, finding.end_lnum, finding.end_col, {})
  say(("finding %s %d %s"):format(code, finding.lnum, text[1]))
end

local function ask(method, line, character)
  local document = { uri = vim.uri_from_bufnr(buffer) }
  local params = { textDocument = document, position = { line = line, character = character }, options = { tabSize = 2, insertSpaces = true } }
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 20000)
  if not answers then fail(method) end
  for _, answer in pairs(answers) do return answer.result end
end

say("definition " .. ask("textDocument/definition", 3, 7)[1].range.start.line)
say("hover " .. ask("textDocument/hover", 3, 7).contents.value)
local edits = ask("textDocument/formatting", 0, 0)
vim.lsp.util.apply_text_edits(edits, buffer, vim.lsp.get_client_by_id(id).offset_encoding)
say("formatted " .. vim.api.nvim_buf_get_lines(buffer, 1, 2, false)[1])
vim.cmd("qall!")
