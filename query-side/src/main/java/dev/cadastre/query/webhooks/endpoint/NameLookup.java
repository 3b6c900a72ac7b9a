package dev.cadastre.query.webhooks.endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a name. May block. */
@FunctionalInterface
public interface NameLookup {

    /** As the operating system does. */
    NameLookup SYSTEM = name -> List.of(InetAddress.getAllByName(name));

    /**
     * @return at least one address
     */
    List<InetAddress> addresses(String name) throws UnknownHostException;
}
