/** How commands come in over HTTP: routes, headers, bodies, idempotency, answers, refusals. */
@NullMarked
package dev.cadastre.command.http;

import org.jspecify.annotations.NullMarked;
