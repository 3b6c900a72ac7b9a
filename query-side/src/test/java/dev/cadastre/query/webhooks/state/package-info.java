/** What stores of delivery states do. */
@NullMarked
package dev.cadastre.query.webhooks.state;

import org.jspecify.annotations.NullMarked;
