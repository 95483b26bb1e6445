package org.shuniu.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Calls a provider of identities within a deadline for the whole answer, and reads none that is too large; it follows nobody elsewhere. */
final class ProviderCalls {

    private static final int LARGEST = 1024 * 1024;

    private final JdkClientHttpRequestFactory requests;

    ProviderCalls(Duration deadline) {
        requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(deadline)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
        requests.setReadTimeout(deadline);
    }

    /** For documents and keys. */
    RestTemplate documents() {
        RestTemplate documents = new RestTemplate(requests);
        documents.setInterceptors(List.of(ProviderCalls::whole));
        return documents;
    }

    /** For tokens against codes. */
    RestClientAuthorizationCodeTokenResponseClient tokens() {
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder()
                .requestFactory(requests)
                .requestInterceptor(ProviderCalls::whole)
                .messageConverters(
                        List.of(new FormHttpMessageConverter(), new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return tokens;
    }

    private static ClientHttpResponse whole(HttpRequest request, byte[] body, ClientHttpRequestExecution call)
            throws IOException {
        try (ClientHttpResponse answer = call.execute(request, body)) {
            byte[] bytes = answer.getBody().readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException("the answer is larger than %d bytes".formatted(LARGEST));
            }
            return new Whole(answer.getStatusCode(), answer.getHeaders(), bytes);
        }
    }

    /** An answer that has come. */
    private static final class Whole implements ClientHttpResponse {
        private final HttpStatusCode status;
        private final HttpHeaders headers;
        private final byte[] bytes;

        Whole(HttpStatusCode status, HttpHeaders headers, byte[] bytes) {
            this.status = status;
            this.headers = headers;
            this.bytes = bytes;
        }

        @Override
        public HttpStatusCode getStatusCode() {
            return status;
        }

        @Override
        public String getStatusText() {
            return "";
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public void close() {}
    }
}
