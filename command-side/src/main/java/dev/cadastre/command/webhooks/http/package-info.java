/** The commands about webhook subscriptions, over HTTP. */
@NullMarked
package dev.cadastre.command.webhooks.http;

import org.jspecify.annotations.NullMarked;
