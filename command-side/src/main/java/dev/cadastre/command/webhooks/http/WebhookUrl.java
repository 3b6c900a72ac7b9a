package dev.cadastre.command.webhooks.http;

import dev.cadastre.http.outbound.OutboundAddresses;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Checks the address of a webhook as far as it can be judged before it is connected to: what a name
 * resolves to is judged each time it is.
 */
final class WebhookUrl {

    /** The longest address, in characters. */
    static final int LONGEST = 2_000;

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[.*]");

    private final OutboundAddresses addresses;

    WebhookUrl(OutboundAddresses addresses) {
        this.addresses = addresses;
    }

    /**
     * @throws ProblemException if nothing will ever be sent to it
     */
    String checked(String pointer, String text) {
        URI url = parsed(pointer, text);
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw refused(pointer, "A webhook's address begins with https://.");
        }
        if (url.getRawUserInfo() != null) {
            throw refused(
                    pointer,
                    "An address is recorded for ever, so it holds no user and no password."
                            + " Deliveries are signed instead.");
        }
        if (url.getRawFragment() != null) {
            throw refused(pointer, "An address has no fragment (#).");
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            throw refused(pointer, "A port is a number from 1 to 65535.");
        }
        if (LITERAL.matcher(url.getHost()).matches()) {
            literal(pointer, url.getHost(), scheme);
        } else if (scheme.equals("http") && !addresses.allowsOthers()) {
            throw notEncrypted(pointer);
        }
        return text;
    }

    private void literal(String pointer, String host, String scheme) {
        InetAddress address;
        try {
            // Of digits and colons only, so that no name is looked up.
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new ProblemException(ProblemType.INVALID, "This is no IP address.", e)
                    .at(pointer);
        }
        if (!addresses.allows(address)) {
            throw refused(
                    pointer,
                    "Webhooks are sent to the public internet only, and to networks that the"
                            + " operator names with --webhook-allow. This address is in neither.");
        }
        if (scheme.equals("http") && !addresses.isAllowedBesides(address)) {
            throw notEncrypted(pointer);
        }
    }

    private static URI parsed(String pointer, String text) {
        try {
            URI url = new URI(text);
            boolean whole = url.getHost() != null && url.isAbsolute() && !url.isOpaque();
            if (whole && StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Told below, as for an address that is not whole.
        }
        throw refused(
                pointer,
                "A webhook's address is a whole one in ASCII, for example"
                        + " https://example.org/cadastre. Percent-encode what is not ASCII, and"
                        + " write a host's name in its xn-- form.");
    }

    private static ProblemException notEncrypted(String pointer) {
        return refused(
                pointer,
                "Over the public internet webhooks are sent with https:// only. http:// is for"
                        + " networks that the operator names with --webhook-allow.");
    }

    private static ProblemException refused(String pointer, String detail) {
        return new ProblemException(ProblemType.INVALID, detail).at(pointer);
    }
}
