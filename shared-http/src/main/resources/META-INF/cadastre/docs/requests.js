import { markDemo } from './demo.js';

// The address the page was loaded from, so that a path in front of the server stays in front.
const openapi = new URL('openapi.json', document.baseURI).href;

window.SwaggerUIBundle({
  url: openapi,
  dom_id: '#requests',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  persistAuthorization: false,
  validatorUrl: null,
});
markDemo(openapi);
