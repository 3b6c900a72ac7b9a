/** Webhook subscriptions: who is to be told of which events. */
@NullMarked
package dev.cadastre.command.webhooks.model;

import org.jspecify.annotations.NullMarked;
