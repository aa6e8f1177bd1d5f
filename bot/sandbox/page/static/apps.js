// Where apps are made: the manifest goes in, two tokens come out, and a customer comes when asked for.
const at = (id) => document.getElementById(id);

async function control(verb, fields = {}) {
  const answer = await fetch(`control/${verb}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fields),
  });
  return answer.json();
}

function say(id, words, wrong = false) {
  at(id).textContent = words;
  at(id).classList.toggle("wrong", wrong);
}

const show = (id) => (at(id).hidden = false);

let appToken = "";

async function create() {
  const told = await control("create_app", { manifest: at("manifest").value });
  if (!told.ok) return say("created", `Slack does not take this manifest: ${told.message ?? told.error}`, true);
  appToken = told.app_token;
  say("created", `${told.name} is created.`);
  if (told.many) return credentials(told);
  show("install-part");
}

function credentials(told) {
  at("client-id").textContent = told.client_id;
  at("client-secret").textContent = told.client_secret;
  at("signing-secret").textContent = told.signing_secret;
  at("env").textContent = [
    `CARECUE_CLIENT_ID=${told.client_id}`,
    `CARECUE_CLIENT_SECRET=${told.client_secret}`,
    "CARECUE_TOKEN_KEYS=…what `carecue tokens key` prints…",
    `SLACK_SIGNING_SECRET=${told.signing_secret}`,
    `CARECUE_SLACK_URL=${location.origin}/api/`,
  ].join("\n");
  at("install-part").hidden = true;
  show("secrets-part");
  show("env-part");
}

async function second() {
  await control("second_workspace");
  say("opened", "There is Tom, its owner.");
}

async function install() {
  const told = await control("install");
  at("bot-token").textContent = told.bot_token;
  show("bot-part");
  show("token-part");
}

function generate() {
  at("app-token").textContent = appToken;
  at("env").textContent = [
    `SLACK_BOT_TOKEN=${at("bot-token").textContent}`,
    `SLACK_APP_TOKEN=${appToken}`,
    `CARECUE_SLACK_URL=${location.origin}/api/`,
  ].join("\n");
  show("app-part");
  show("env-part");
}

async function customer() {
  const told = await control("customer");
  say("shared", told.ok ? "Ada of Acme Travel has asked something there." : `Slack says: ${told.error}`, !told.ok);
}

at("create").addEventListener("click", create);
at("install").addEventListener("click", install);
at("generate").addEventListener("click", generate);
at("second").addEventListener("click", second);
at("customer").addEventListener("click", customer);
