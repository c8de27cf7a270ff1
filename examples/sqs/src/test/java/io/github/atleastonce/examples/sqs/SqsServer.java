package io.github.atleastonce.examples.sqs;

import java.net.URI;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** An ElasticMQ in this JVM, which speaks the protocol of SQS. */
final class SqsServer {

    private static final class Shared {
        static final int PORT = SQSRestServerBuilder.withInterface("127.0.0.1")
                .withDynamicPort()
                .start()
                .waitUntilStarted()
                .localAddress()
                .getPort();
    }

    private SqsServer() {}

    static SqsClient connect(ExecutionInterceptor... interceptors) {
        return SqsClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + Shared.PORT))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(client -> {
                    for (ExecutionInterceptor interceptor : interceptors) {
                        client.addExecutionInterceptor(interceptor);
                    }
                })
                .build();
    }
}
