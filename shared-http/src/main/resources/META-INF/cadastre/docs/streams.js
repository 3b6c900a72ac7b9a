import { markDemo } from './demo.js';

const asyncapi = new URL('../asyncapi.json', document.baseURI).href;

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text) {
    made.textContent = text;
  }
  made.append(...children);
  return made;
}

function said(text) {
  const made = element('p', text.trim());
  made.className = 'said';
  return made;
}

function code(json) {
  return element('pre', typeof json === 'string' ? json : JSON.stringify(json, null, 2));
}

function details(summary, ...children) {
  return element('details', '', element('summary', summary), ...children);
}

class StreamsPage {
  constructor(document) {
    this.document = document;
  }

  /** What a reference within the document refers to; anything else is itself. */
  resolved(node) {
    if (!node || typeof node.$ref !== 'string') {
      return node;
    }
    const steps = node.$ref.replace(/^#\//, '').split('/');
    const found = steps.reduce(
      (at, step) => at?.[step.replaceAll('~1', '/').replaceAll('~0', '~')],
      this.document,
    );
    return this.resolved(found);
  }

  render() {
    const { info, operations = {} } = this.document;
    return [
      element('h1', info.title),
      said(info.description ?? ''),
      ...Object.entries(operations).map(([name, it]) => this.operation(name, this.resolved(it))),
    ];
  }

  operation(name, operation) {
    const channel = this.resolved(operation.channel);
    const action = element('span', operation.action === 'send' ? 'sends' : 'receives');
    action.className = 'action';
    const article = element(
      'article',
      '',
      element('h2', '', action, element('code', channel.address ?? 'an address of yours')),
      element('p', operation.summary ?? operation.title ?? name),
    );
    article.id = name;
    [operation.description, channel.description].filter(Boolean).forEach((it) => article.append(said(it)));
    const parameters = Object.entries(channel.parameters ?? {});
    if (parameters.length) {
      article.append(this.parameters(parameters));
    }
    const messages = operation.messages ?? Object.values(channel.messages ?? {});
    messages.forEach((it) => article.append(this.message(this.resolved(it))));
    return article;
  }

  parameters(parameters) {
    return element(
      'table',
      '',
      ...parameters.map(([name, it]) =>
        element(
          'tr',
          '',
          element('th', '', element('code', name)),
          element('td', this.resolved(it).description ?? ''),
        ),
      ),
    );
  }

  message(message) {
    const section = element('section', '', element('h3', message.title ?? message.name ?? 'Message'));
    if (message.contentType) {
      section.append(element('code', message.contentType));
    }
    [message.summary, message.description].filter(Boolean).forEach((it) => section.append(said(it)));
    (message.examples ?? []).forEach((it) => {
      section.append(element('p', it.summary ?? it.name ?? 'For example:'));
      section.append(code(it.payload ?? it.headers ?? {}));
    });
    if (message.headers) {
      section.append(details('Headers', code(this.whole(message.headers))));
    }
    if (message.payload) {
      section.append(details('Schema', code(this.whole(message.payload))));
    }
    return section;
  }

  /** A schema with its references put in, but those that lead back into it. */
  whole(node, within = []) {
    if (Array.isArray(node)) {
      return node.map((it) => this.whole(it, within));
    }
    if (!node || typeof node !== 'object') {
      return node;
    }
    if (typeof node.$ref === 'string') {
      return within.includes(node.$ref)
        ? { $ref: node.$ref }
        : this.whole(this.resolved(node), [...within, node.$ref]);
    }
    return Object.fromEntries(
      Object.entries(node).map(([name, value]) => [name, this.whole(value, within)]),
    );
  }
}

const main = document.getElementById('streams');
try {
  const answer = await fetch(asyncapi);
  main.replaceChildren(...new StreamsPage(await answer.json()).render());
} catch (failure) {
  main.replaceChildren(element('p', `The description cannot be read: ${failure.message}`));
}
markDemo(asyncapi);
