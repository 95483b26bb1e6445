"use strict";

const METHODS = ["get", "post", "put", "patch", "head", "delete"];
const WORDS = {
  zh: { parameters: "参数", body: "请求正文", answers: "应答", example: "示例", schema: "结构", curl: "用 curl 试用", required: "必填",
    senderToken: "提交方令牌", callbackToken: "部门回调令牌", operatorToken: "运维令牌", engineerToken: "工程师令牌", open: "无需令牌", token: "令牌",
    failed: "接口契约无法读取", header: "应答头", path: "路径", in_header: "请求头" },
  en: { parameters: "Parameters", body: "Request body", answers: "Answers", example: "Example", schema: "Schema", curl: "Try with curl", required: "required",
    senderToken: "sender's token", callbackToken: "callback token", operatorToken: "operators' token", engineerToken: "engineer's token", open: "open to all", token: "TOKEN",
    failed: "The contract cannot be read", header: "Headers", path: "path", in_header: "header" },
};
const lang = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh";
const words = WORDS[lang];
let contract;

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function follow(node) {
  if (!node || !node.$ref || !node.$ref.startsWith("#/")) return node;
  return node.$ref.slice(2).split("/").reduce((at, part) => at[part.replaceAll("~1", "/").replaceAll("~0", "~")], contract);
}

function told(node, english, chinese) {
  return (lang === "zh" && node[chinese]) || node[english] || "";
}

function schemaView(schema) {
  const text = element("pre", "", "…");
  const name = schema.$ref ? schema.$ref.split("/").pop() : "";
  const view = element("details", "schema", element("summary", "", `${words.schema}: ${name}`), text);
  view.addEventListener("toggle", async () => {
    if (!view.open || text.dataset.ready) return;
    text.dataset.ready = "yes";
    const whole = schema.$ref.startsWith("/") ? await fetch(schema.$ref).then((answer) => answer.json()) : follow(schema);
    text.textContent = JSON.stringify(whole, null, 2);
  });
  return view;
}

function parameterRow(parameter) {
  const place = parameter.in === "path" ? words.path : words.in_header;
  return element("tr", "", element("td", "", parameter.name),
    element("td", "place", place + (parameter.required ? ` · ${words.required}` : "")),
    element("td", "", told(parameter, "description", "x-zh")));
}

function contentView(content) {
  return Object.entries(content || {}).flatMap(([type, media]) => [
    element("div", "headers", type),
    media.schema ? schemaView(media.schema) : null,
    media.example !== undefined ? element("pre", "", JSON.stringify(media.example, null, 2)) : null,
  ]).filter((part) => part !== null);
}

function answerRow(status, reference) {
  const answer = follow(reference);
  const headers = Object.keys(answer.headers || {}).join(", ");
  const problem = Number(status) >= 400;
  return element("tr", "", element("td", "", element("span", `status ${problem ? "bad" : "good"}`, status)),
    element("td", "", told(answer, "description", "x-zh"),
      headers ? element("div", "headers", `${words.header}: ${headers}`) : null,
      element("div", problem ? "problem" : "", ...contentView(answer.content))));
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function curlLine(path, method, operation, parameters) {
  const filled = parameters.filter((one) => one.in === "path")
    .reduce((at, one) => at.replace(`{${one.name}}`, one.example), path);
  const parts = ["curl", method === "head" ? "-I" : "-i"];
  if (!["get", "head"].includes(method)) parts.push("-X", method.toUpperCase());
  if ((operation.security || []).length) parts.push("-H", quoted(`Authorization: Bearer ${words.token}`));
  parameters.filter((one) => one.in === "header").forEach((one) => parts.push("-H", quoted(`${one.name}: ${one.example}`)));
  const [type, media] = Object.entries((operation.requestBody || {}).content || {})[0] || [];
  if (type) {
    parts.push("-H", quoted(`Content-Type: ${type === "*/*" ? "application/json" : type}`));
    parts.push(type === "application/json" ? "-d" : "--data-binary", media.example ? quoted(JSON.stringify(media.example)) : "@file");
  }
  parts.push(quoted(location.origin + filled));
  return parts.join(" ");
}

function section(title, ...children) {
  return [element("h3", "", title), ...children];
}

function operationView(path, method, item) {
  const operation = item[method];
  const parameters = [...(item.parameters || []), ...(operation.parameters || [])].map(follow);
  const scheme = Object.keys((operation.security || [])[0] || {})[0];
  const about = told(operation, "description", "x-zh-description");
  const inside = element("div", "inside", about ? element("p", "", about) : null,
    ...(parameters.length ? section(words.parameters, element("table", "", ...parameters.map(parameterRow))) : []),
    ...(operation.requestBody ? section(words.body, ...contentView(operation.requestBody.content)) : []),
    ...section(words.curl, element("pre", "curl", curlLine(path, method, operation, parameters))),
    ...section(words.answers, element("table", "answers", ...Object.entries(operation.responses).map((one) => answerRow(...one)))));
  const view = element("details", "operation",
    element("summary", "", element("span", `method ${method}`, method.toUpperCase()), element("span", "path", path),
      element("span", "caption", told(operation, "summary", "x-zh")), element("span", "key", words[scheme] || words.open)), inside);
  view.id = operation.operationId;
  return view;
}

function operationsOf(tag) {
  return Object.entries(contract.paths).flatMap(([path, item]) => METHODS
    .filter((method) => item[method] && item[method].tags.includes(tag))
    .map((method) => [path, method, item]));
}

function tagView(tag) {
  const name = lang === "zh" ? tag["x-zh"] : tag.name[0].toUpperCase() + tag.name.slice(1);
  const operations = operationsOf(tag.name);
  document.getElementById("contents").append(element("h2", "", name), ...operations.map(([, method, item]) => {
    const link = element("a", "", told(item[method], "summary", "x-zh"));
    link.href = `#${item[method].operationId}`;
    return link;
  }));
  document.getElementById("operations").append(element("h2", "", name),
    ...(lang === "en" ? [element("p", "about", tag.description)] : []), ...operations.map((one) => operationView(...one)));
}

function unfold() {
  const chosen = document.getElementById(location.hash.slice(1));
  if (chosen) {
    chosen.open = true;
    chosen.scrollIntoView();
  }
}

async function show() {
  document.documentElement.lang = lang;
  document.querySelector(`#languages a[lang=${lang}]`).className = "now";
  contract = await fetch("openapi.json").then((answer) => answer.json());
  document.getElementById("title").textContent = told(contract.info, "title", "x-zh");
  document.getElementById("lead").textContent = told(contract.info, "description", "x-zh-description").replaceAll(/(\S)\n(?=\S)/g, lang === "zh" ? "$1" : "$1 ").replaceAll("`", "");
  contract.tags.forEach(tagView);
  document.getElementById("submitApplication").open = true;
  unfold();
  addEventListener("hashchange", unfold);
}

show().catch(() => { document.getElementById("lead").textContent = words.failed; });
