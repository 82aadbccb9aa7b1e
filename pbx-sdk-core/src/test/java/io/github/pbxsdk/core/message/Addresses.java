package io.github.pbxsdk.core.message;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.arbitraries.StringArbitrary;

/** Addresses of all kinds for property tests. */
final class Addresses {

    private Addresses() {}

    static Arbitrary<Address> any() {
        return Arbitraries.oneOf(
                phoneNumbers().map(number -> (Address) number),
                shortCodes().map(code -> (Address) code),
                senderNames().map(name -> (Address) name),
                extensions().map(extension -> (Address) extension),
                sipUris().map(uri -> (Address) uri),
                unparsed().map(text -> (Address) text));
    }

    static Arbitrary<PhoneNumber> phoneNumbers() {
        return Combinators.combine(
                        Arbitraries.chars().range('1', '9'),
                        digits().ofMinLength(6).ofMaxLength(14))
                .as((first, rest) -> PhoneNumber.of("+" + first + rest));
    }

    static Arbitrary<ShortCode> shortCodes() {
        Arbitrary<String> codes = digits().ofMinLength(3).ofMaxLength(8);
        return Arbitraries.oneOf(
                codes.map(ShortCode::of),
                Combinators.combine(codes, Arbitraries.of("AU", "US", "DE")).as(ShortCode::of));
    }

    static Arbitrary<SenderName> senderNames() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withChars("0189 -_.&+!'äÄßẞıİſΣςΩǅǄК")
                .ofMinLength(1)
                .ofMaxLength(11)
                .filter(text -> SenderName.find(text).isPresent())
                .map(SenderName::of);
    }

    static Arbitrary<ExtensionNumber> extensions() {
        return Arbitraries.strings()
                .withChars("0123456789abcXYZ*#._-")
                .ofMinLength(1)
                .ofMaxLength(80)
                .map(ExtensionNumber::of);
    }

    static Arbitrary<SipUri> sipUris() {
        Arbitrary<String> users =
                Arbitraries.of(
                        "", "102@", "+61491570156@", "%2B61@", "al%69ce@", "a%C3%a9@", "A;x@");
        Arbitrary<String> hosts = Arbitraries.of("pbx", "PBX.example.com", "10.0.0.5", "[::1]");
        Arbitrary<String> ends = Arbitraries.of("", ":5060", ":5080", ";transport=tcp", ":5060;lr");
        return Combinators.combine(Arbitraries.of("sip:", "SIPS:"), users, hosts, ends)
                .as((scheme, user, host, end) -> SipUri.of(scheme + user + host + end));
    }

    static Arbitrary<UnparsedAddress> unparsed() {
        return Arbitraries.oneOf(
                        Arbitraries.strings().all().ofMaxLength(30),
                        Arbitraries.of("", "102", "%0041", "A", "a|b", "phone:+61", "Anonymous"))
                .map(Address::unparsed);
    }

    private static StringArbitrary digits() {
        return Arbitraries.strings().numeric();
    }
}
