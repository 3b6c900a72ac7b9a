/** What a subscription asks for, and what became of its deliveries. */
@NullMarked
package dev.cadastre.query.webhooks.model;

import org.jspecify.annotations.NullMarked;
