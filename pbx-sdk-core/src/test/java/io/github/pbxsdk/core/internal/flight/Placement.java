package io.github.pbxsdk.core.internal.flight;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a secret can stand in a message; {@code @} is its place. */
enum Placement {
    AMI_LOGIN("Action: Login\r\nUsername: admin\r\nSecret: @\r\nEvents: off\r\n\r\n"),
    AMI_LOGIN_KEY("ACTION:login\r\nAuthType: MD5\r\nkey: @\r\n\r\n"),
    AMI_VARIABLE("Action: Originate\r\nVariable: A=1,SIP_PASSWORD=@\r\n\r\n"),
    AMI_SETVAR("Action: Setvar\r\nVariable: API_TOKEN\r\nValue: @\r\n\r\n"),
    AMI_CONFIG("Action: UpdateConfig\r\nVar-000000: secret\r\nValue-000000: @\r\n\r\n"),
    AMI_CONFIG_LINE("Response: Success\r\nLine-000000-000001: secret=@\r\n\r\n"),
    AMI_DATABASE("Action: DBPut\r\nFamily: x\r\nKey: apikey\r\nVal: @\r\n\r\n"),
    AMI_OUTPUT("Response: Success\r\nOutput:  password   : @\r\n\r\n"),
    AMI_AUTH_DETAIL("Event: AuthDetail\r\nUsername: 100\r\nPassword: @\r\n\r\n"),
    HTTP_BASIC("GET /ari HTTP/1.1\r\nAuthorization: Basic @\r\n\r\n", Coding.BASIC),
    HTTP_BEARER("GET / HTTP/1.1\r\nauthorization:Bearer @\r\n\r\n"),
    HTTP_COOKIE("GET / HTTP/1.1\r\nCookie: PHPSESSID=@; a=b\r\nHost: x\r\n\r\n"),
    HTTP_SET_COOKIE("HTTP/1.1 200 OK\r\nSet-Cookie: PHPSESSID=@; path=/\r\n\r\n"),
    HTTP_API_KEY("GET /ari/events?api_key=me:@&app=x HTTP/1.1\r\nHost: pbx\r\n\r\n", Coding.URL),
    HTTP_QUERY("GET /send?to=1&password=@ HTTP/1.1\r\nHost: x\r\n\r\n", Coding.URL),
    HTTP_USER_INFO("HTTP/1.1 302 Found\r\nLocation: https://me:@@host/x\r\n\r\n", Coding.URL),
    HTTP_CUSTOM_HEADER("POST / HTTP/1.1\r\nX-Api-Key: @\r\n\r\n{}"),
    HTTP_FORM(
            "POST /token HTTP/1.1\r\nHost: x\r\n\r\ngrant_type=x&client_secret=@&scope=gql",
            Coding.URL),
    HTTP_FORM_NESTED("POST / HTTP/1.1\r\n\r\nuser%5Bpassword%5D=@&x=1", Coding.URL),
    HTTP_FORM_JSON("POST / HTTP/1.1\r\n\r\njdata=%7B%22password%22%3A%22@%22%7D&x=1", Coding.URL),
    HTTP_MULTIPART(
            "POST / HTTP/1.1\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"umPassword\"\r\nContent-Type: text/plain\r\n\r\n@\r\n--b--\r\n"),
    HTTP_XML("POST / HTTP/1.1\r\n\r\n<a><password>@</password></a>", Coding.URL),
    HTTP_OAUTH(
            "HTTP/1.1 200 OK\r\n\r\n{\"token_type\":\"Bearer\",\"access_token\":\"@\"}",
            Coding.JSON),
    HTTP_GRAPHQL(
            "POST / HTTP/1.1\r\n\r\n{\"query\": \"mutation{addUser(input:{password:\\\"@\\\",format:plain}){id}}\"}",
            Coding.JSON_TWICE),
    HTTP_GRAPHQL_VARIABLES(
            "POST / HTTP/1.1\r\n\r\n{\"query\":\"mutation($i:X!){a(input:$i){status}}\",\"variables\":{\"i\":{\"extPassword\":\"@\"}}}",
            Coding.JSON),
    JSON_IN_JSON(
            "{\"type\":\"RESTRequest\",\"message_body\":\"{\\\"password\\\":\\\"@\\\"}\"}",
            Coding.JSON_TWICE),
    JSON_PAIR("{\"query_strings\": [{\"name\": \"api_key\", \"value\": \"@\"}]}", Coding.JSON),
    JSON_PAIR_REVERSED("[{\"value\":\"@\",\"keyword\":\"AMPMGRPASS\"}]", Coding.JSON),
    JSON_LIST("{\"tokens\": [\"x]\", \"@\"], \"a\": 1}", Coding.JSON),
    JSON_OBJECT("{\"secret\" : {\"v\": {\"a\": \"@\"}}}", Coding.JSON),
    JSON_CUT("{\"a\": [1, {\"password\": \"@", Coding.JSON),
    JSON_BROKEN("{\"a\": ?, \"password\"\n: \"@\"}", Coding.JSON),
    JSON_URL("{\"uri\":\"wss://pbx/ari?api_key=me:@&app=x\"}", Coding.URL),
    SIP_AUTHORIZATION(
            "REGISTER sip:pbx SIP/2.0\r\nAuthorization: Digest username=\"100\",\r\n response=\"@\"\r\nContent-Length: 0\r\n\r\n"),
    SIP_PROXY_AUTHORIZATION(
            "INVITE sip:pbx SIP/2.0\r\nProxy-Authorization:\r\n\tDigest response=\"@\"\r\n\r\n"),
    SIP_CONTACT("SIP/2.0 200 OK\r\nContact: <sip:100:@@host:5060>\r\n\r\n", Coding.URL),
    SIP_CRYPTO(
            "SIP/2.0 200 OK\r\n\r\nv=0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:@|2^20\r\n",
            Coding.BASIC),
    SIP_ICE("SIP/2.0 200 OK\r\n\r\nv=0\r\na=ice-ufrag:abc\r\na=ice-pwd:@\r\n");

    private final String template;
    private final Coding coding;

    Placement(String template) {
        this(template, Coding.PLAIN);
    }

    Placement(String template, Coding coding) {
        this.template = template;
        this.coding = coding;
    }

    Scrubber scrubber() {
        String protocol = name().substring(0, name().indexOf('_'));
        return switch (protocol) {
            case "AMI" -> Scrubbers.ami();
            case "HTTP" -> Scrubbers.http();
            case "SIP" -> Scrubbers.sip();
            default -> Scrubbers.json();
        };
    }

    /** Returns the secret as it stands in the message. */
    String encoded(String secret) {
        return coding.encode(secret);
    }

    String message(String secret) {
        return template.replaceFirst("@", "\u0000").replace("\u0000", encoded(secret));
    }

    /** Returns the message around the secret. */
    String template() {
        return template;
    }

    /** How a protocol writes a secret that has signs of its own. */
    private enum Coding {
        PLAIN,
        URL,
        BASIC,
        JSON,
        JSON_TWICE;

        String encode(String secret) {
            return switch (this) {
                case PLAIN -> secret;
                case URL -> URLEncoder.encode(secret, StandardCharsets.UTF_8);
                case BASIC -> base64("me:" + secret);
                case JSON -> json(secret);
                case JSON_TWICE -> json(json(secret));
            };
        }

        private static String base64(String text) {
            return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        private static String json(String text) {
            return text.replace("\\", "\\\\").replace("\"", "\\\"");
        }
    }
}
