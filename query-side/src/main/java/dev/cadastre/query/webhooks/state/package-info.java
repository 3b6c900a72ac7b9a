/** Where deliveries stand, kept across restarts: the port, and files. */
@NullMarked
package dev.cadastre.query.webhooks.state;

import org.jspecify.annotations.NullMarked;
