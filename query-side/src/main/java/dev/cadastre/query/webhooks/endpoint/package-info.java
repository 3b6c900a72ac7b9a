/** The way to an endpoint: an HTTP client that connects to checked addresses only. */
@NullMarked
package dev.cadastre.query.webhooks.endpoint;

import org.jspecify.annotations.NullMarked;
