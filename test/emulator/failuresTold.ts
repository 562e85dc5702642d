import type { ServiceErrorCode } from '../../src/api/contract';
import type { Fix } from '../../src/model/doctor/sentence';

/** What a person is told of a failure: what is wrong, what to do, and what there is to press. */
export interface Told {
  readonly en: readonly [what: string, fix: string];
  readonly zh: readonly [what: string, fix: string];
  /** Empty by design where there is nothing to press: it passes by itself. */
  readonly fixes: readonly Fix[];
}

export const OF_THE_SERVICE: Readonly<Record<ServiceErrorCode, Told>> = {
  CheckAccountInfoFailed: {
    en: [
      'The STS token did not check out: it is expired or wrong.',
      'Get a new STS token: set the credential again, or renew it where the key comes from.',
    ],
    zh: ['STS Token 校验未通过：已过期或有误。', '请获取新的 STS Token：重新设置凭据，或在密钥的来源处更新。'],
    fixes: ['setCredential'],
  },
  InstancePermissionCheckFailed: {
    en: [
      'This account may not use this instance, or it is in another region.',
      'Check the instance ID, its region, and the account of the credential; a RAM policy has to allow mq:BatchQuerySessionByClientIds.',
    ],
    zh: [
      '此账号无权使用该实例，或该实例在其他地域。',
      '请检查实例 ID、地域和凭据所属账号；RAM 权限策略须允许 mq:BatchQuerySessionByClientIds。',
    ],
    fixes: ['tryRegion', 'editInstance', 'copyPolicy'],
  },
  ParameterCheckFailed: {
    en: ['The service refused a parameter.', 'Check the instance ID and this client ID.'],
    zh: ['服务拒绝了某个参数。', '请检查实例 ID 和此客户端 ID。'],
    fixes: ['editInstance'],
  },
  PermissionCheckFailed: {
    en: [
      'The credential has no permission on this resource.',
      'Check which account created the instance and group; a RAM policy of the credential has to allow mq:BatchQuerySessionByClientIds.',
    ],
    zh: [
      '凭据对此资源没有权限。',
      '请检查创建实例和 Group 的账号；凭据的 RAM 权限策略须允许 mq:BatchQuerySessionByClientIds。',
    ],
    fixes: ['copyPolicy', 'diagnose'],
  },
  'InvalidParameter.ClientIdList': {
    en: ['The service refused a parameter.', 'Check the instance ID and this client ID.'],
    zh: ['服务拒绝了某个参数。', '请检查实例 ID 和此客户端 ID。'],
    fixes: ['editInstance'],
  },
  InternalError: {
    en: ['The service had a passing fault.', 'Check again in a moment.'],
    zh: ['服务出现暂时故障。', '请稍后再检查。'],
    fixes: [],
  },
  SystemOverFlow: {
    en: [
      'The service itself has too much to do and is refusing calls.',
      'Wait and check again; fewer calls a second help it.',
    ],
    zh: ['服务本身过载，正在拒绝调用。', '请稍后重新检查；降低每秒调用次数会有帮助。'],
    fixes: ['rateSetting'],
  },
  ApiNotSupport: {
    en: [
      'This operation is not supported here: the instance may be of version 2.x, or the endpoint another service.',
      'Check the version of the instance in the console; status queries need 3.x. Else check the region or endpoint.',
    ],
    zh: [
      '此处不支持该操作：实例可能是 2.x 版本，或接入点属于其他服务。',
      '请在控制台检查实例版本，状态查询需要 3.x；若版本无误，请检查地域或接入点。',
    ],
    fixes: ['editInstance', 'diagnose'],
  },
  'InvalidAction.NotFound': {
    en: [
      'This operation is not supported here: the instance may be of version 2.x, or the endpoint another service.',
      'Check the version of the instance in the console; status queries need 3.x. Else check the region or endpoint.',
    ],
    zh: [
      '此处不支持该操作：实例可能是 2.x 版本，或接入点属于其他服务。',
      '请在控制台检查实例版本，状态查询需要 3.x；若版本无误，请检查地域或接入点。',
    ],
    fixes: ['editInstance', 'diagnose'],
  },
  'InvalidApi.NotFound': {
    en: [
      'This operation is not supported here: the instance may be of version 2.x, or the endpoint another service.',
      'Check the version of the instance in the console; status queries need 3.x. Else check the region or endpoint.',
    ],
    zh: [
      '此处不支持该操作：实例可能是 2.x 版本，或接入点属于其他服务。',
      '请在控制台检查实例版本，状态查询需要 3.x；若版本无误，请检查地域或接入点。',
    ],
    fixes: ['editInstance', 'diagnose'],
  },
  ServiceUnavailable: {
    en: ['The service had a passing fault.', 'Check again in a moment.'],
    zh: ['服务出现暂时故障。', '请稍后再检查。'],
    fixes: [],
  },
  Throttling: {
    en: [
      'The service is refusing calls because there were too many.',
      'Lower "Max Calls Per Second" or wait: the limit is shared by everything that uses this account.',
    ],
    zh: ['调用过多，服务正在限流。', '请调低“Max Calls Per Second”或稍候：该上限由使用此账号的所有程序共享。'],
    fixes: ['rateSetting'],
  },
  'Throttling.User': {
    en: [
      'The account has used up its calls a second, over all operations.',
      'Lower "Max Calls Per Second" or wait: everything that uses this account shares them.',
    ],
    zh: [
      '此账号所有操作的每秒调用次数已用完。',
      '请调低“Max Calls Per Second”或稍候：使用此账号的所有程序共享该限额。',
    ],
    fixes: ['rateSetting'],
  },
  'Throttling.Api': {
    en: [
      'The account has used up the calls a second of this operation.',
      'Lower "Max Calls Per Second" or wait: everything that uses this account shares them.',
    ],
    zh: [
      '此账号在该操作上的每秒调用次数已用完。',
      '请调低“Max Calls Per Second”或稍候：使用此账号的所有程序共享该限额。',
    ],
    fixes: ['rateSetting'],
  },
  'InvalidAccessKeyId.NotFound': {
    en: [
      'The AccessKey ID does not exist.',
      'Use an AccessKey of this account: set the credential again, or correct it where the key comes from.',
    ],
    zh: ['AccessKey ID 不存在。', '请使用此账号的 AccessKey：重新设置凭据，或在密钥的来源处更正。'],
    fixes: ['setCredential'],
  },
  'InvalidAccessKeyId.Inactive': {
    en: ['The AccessKey is disabled.', 'Enable it in the RAM console or set another credential.'],
    zh: ['AccessKey 已被禁用。', '请在 RAM 控制台启用，或设置其他凭据。'],
    fixes: ['setCredential'],
  },
  SignatureDoesNotMatch: {
    en: [
      'The signature does not match: the AccessKey secret is most likely wrong.',
      'Paste the whole secret: set the credential again, or correct it where the key comes from.',
    ],
    zh: ['签名不匹配：AccessKey Secret 很可能有误。', '请粘贴完整的 Secret：重新设置凭据，或在密钥的来源处更正。'],
    fixes: ['setCredential'],
  },
  'InvalidTimeStamp.Expired': {
    en: ["This machine's clock is off by more than 15 minutes.", 'Set the clock and check again.'],
    zh: ['本机时钟误差超过 15 分钟。', '请校准时钟后重新检查。'],
    fixes: ['diagnose'],
  },
  SignatureNonceUsed: {
    en: ['The service had a passing fault.', 'Check again in a moment.'],
    zh: ['服务出现暂时故障。', '请稍后再检查。'],
    fixes: [],
  },
  MissingParameter: {
    en: ['The service refused a parameter.', 'Check the instance ID and this client ID.'],
    zh: ['服务拒绝了某个参数。', '请检查实例 ID 和此客户端 ID。'],
    fixes: ['editInstance'],
  },
  'Forbidden.RAM': {
    en: [
      'A RAM policy denies this call.',
      'Allow mq:BatchQuerySessionByClientIds on this instance; "Copy RAM Policy" writes the policy.',
    ],
    zh: [
      'RAM 权限策略拒绝了此调用。',
      '请允许对此实例执行 mq:BatchQuerySessionByClientIds；“复制 RAM 权限策略”可生成策略。',
    ],
    fixes: ['copyPolicy', 'diagnose'],
  },
};

export const OF_THE_NETWORK: Readonly<Record<string, Told>> = {
  ENOTFOUND: {
    en: [
      'The host onsmqtt.cn-hangzhou.aliyuncs.com could not be found.',
      'Check the region or endpoint, and whether this machine has a network and a DNS server that knows the host.',
    ],
    zh: [
      '找不到主机 onsmqtt.cn-hangzhou.aliyuncs.com。',
      '请检查地域或接入点，以及本机的网络和 DNS 服务器能否解析该主机。',
    ],
    fixes: ['editInstance', 'diagnose', 'proxySettings'],
  },
  EAI_AGAIN: {
    en: [
      'No DNS server answered, so the host onsmqtt.cn-hangzhou.aliyuncs.com could not be looked up.',
      'Check the network and the VPN, then check again.',
    ],
    zh: ['DNS 服务器没有应答，因此无法解析主机 onsmqtt.cn-hangzhou.aliyuncs.com。', '请检查网络和 VPN 后重新检查。'],
    fixes: ['diagnose', 'proxySettings'],
  },
  ECONNREFUSED: {
    en: [
      'Nothing accepts connections at onsmqtt.cn-hangzhou.aliyuncs.com.',
      'Check the endpoint and its port; a firewall may refuse them too.',
    ],
    zh: ['onsmqtt.cn-hangzhou.aliyuncs.com 拒绝连接。', '请检查接入点及其端口；也可能是防火墙拒绝了连接。'],
    fixes: ['editInstance', 'diagnose', 'proxySettings'],
  },
  ECONNRESET: {
    en: [
      'The connection to onsmqtt.cn-hangzhou.aliyuncs.com was cut off.',
      'Check again; where it stays, a proxy, a VPN or a firewall may cut it.',
    ],
    zh: [
      '与 onsmqtt.cn-hangzhou.aliyuncs.com 的连接被切断。',
      '请重新检查；若一直如此，可能是代理、VPN 或防火墙切断了连接。',
    ],
    fixes: ['diagnose', 'proxySettings'],
  },
  EPIPE: {
    en: [
      'The connection to onsmqtt.cn-hangzhou.aliyuncs.com was cut off.',
      'Check again; where it stays, a proxy, a VPN or a firewall may cut it.',
    ],
    zh: [
      '与 onsmqtt.cn-hangzhou.aliyuncs.com 的连接被切断。',
      '请重新检查；若一直如此，可能是代理、VPN 或防火墙切断了连接。',
    ],
    fixes: ['diagnose', 'proxySettings'],
  },
  EHOSTUNREACH: {
    en: ['There is no way from this machine to onsmqtt.cn-hangzhou.aliyuncs.com.', 'Check the network and the VPN.'],
    zh: ['本机没有到 onsmqtt.cn-hangzhou.aliyuncs.com 的网络路径。', '请检查网络和 VPN。'],
    fixes: ['diagnose', 'proxySettings'],
  },
  ENETUNREACH: {
    en: ['There is no way from this machine to onsmqtt.cn-hangzhou.aliyuncs.com.', 'Check the network and the VPN.'],
    zh: ['本机没有到 onsmqtt.cn-hangzhou.aliyuncs.com 的网络路径。', '请检查网络和 VPN。'],
    fixes: ['diagnose', 'proxySettings'],
  },
  ETIMEDOUT: {
    en: [
      'No connection to onsmqtt.cn-hangzhou.aliyuncs.com came about in time.',
      'Check the network; a firewall may drop what goes there, and a proxy may be needed.',
    ],
    zh: [
      '连接 onsmqtt.cn-hangzhou.aliyuncs.com 超时。',
      '请检查网络；发往该主机的数据可能被防火墙丢弃，或需要使用代理。',
    ],
    fixes: ['diagnose', 'proxySettings'],
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    en: [
      'The certificate of onsmqtt.cn-hangzhou.aliyuncs.com comes from a CA that this machine does not trust.',
      'A company proxy that opens https does this: install its root certificate in the operating system and reload the window.',
    ],
    zh: [
      'onsmqtt.cn-hangzhou.aliyuncs.com 的证书由本机不信任的 CA 签发。',
      '公司代理解密 https 时会出现这种情况：请将其根证书安装到操作系统，然后重新加载窗口。',
    ],
    fixes: ['proxySettings', 'diagnose'],
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    en: [
      'The certificate of onsmqtt.cn-hangzhou.aliyuncs.com comes from a CA that this machine does not trust.',
      'A company proxy that opens https does this: install its root certificate in the operating system and reload the window.',
    ],
    zh: [
      'onsmqtt.cn-hangzhou.aliyuncs.com 的证书由本机不信任的 CA 签发。',
      '公司代理解密 https 时会出现这种情况：请将其根证书安装到操作系统，然后重新加载窗口。',
    ],
    fixes: ['proxySettings', 'diagnose'],
  },
  UNABLE_TO_GET_ISSUER_CERT: {
    en: [
      'The certificate of onsmqtt.cn-hangzhou.aliyuncs.com comes from a CA that this machine does not trust.',
      'A company proxy that opens https does this: install its root certificate in the operating system and reload the window.',
    ],
    zh: [
      'onsmqtt.cn-hangzhou.aliyuncs.com 的证书由本机不信任的 CA 签发。',
      '公司代理解密 https 时会出现这种情况：请将其根证书安装到操作系统，然后重新加载窗口。',
    ],
    fixes: ['proxySettings', 'diagnose'],
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    en: [
      'The certificate of onsmqtt.cn-hangzhou.aliyuncs.com comes from a CA that this machine does not trust.',
      'A company proxy that opens https does this: install its root certificate in the operating system and reload the window.',
    ],
    zh: [
      'onsmqtt.cn-hangzhou.aliyuncs.com 的证书由本机不信任的 CA 签发。',
      '公司代理解密 https 时会出现这种情况：请将其根证书安装到操作系统，然后重新加载窗口。',
    ],
    fixes: ['proxySettings', 'diagnose'],
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    en: [
      'The certificate of onsmqtt.cn-hangzhou.aliyuncs.com comes from a CA that this machine does not trust.',
      'A company proxy that opens https does this: install its root certificate in the operating system and reload the window.',
    ],
    zh: [
      'onsmqtt.cn-hangzhou.aliyuncs.com 的证书由本机不信任的 CA 签发。',
      '公司代理解密 https 时会出现这种情况：请将其根证书安装到操作系统，然后重新加载窗口。',
    ],
    fixes: ['proxySettings', 'diagnose'],
  },
  CERT_HAS_EXPIRED: {
    en: [
      "The certificate of onsmqtt.cn-hangzhou.aliyuncs.com is not valid on this machine's date.",
      'Look at the clock of this machine first; where it is right, ask whoever runs the server or the proxy.',
    ],
    zh: [
      '按本机日期，onsmqtt.cn-hangzhou.aliyuncs.com 的证书不在有效期内。',
      '请先检查本机时钟；若时钟无误，请联系服务器或代理的管理员。',
    ],
    fixes: ['diagnose'],
  },
  CERT_NOT_YET_VALID: {
    en: [
      "The certificate of onsmqtt.cn-hangzhou.aliyuncs.com is not valid on this machine's date.",
      'Look at the clock of this machine first; where it is right, ask whoever runs the server or the proxy.',
    ],
    zh: [
      '按本机日期，onsmqtt.cn-hangzhou.aliyuncs.com 的证书不在有效期内。',
      '请先检查本机时钟；若时钟无误，请联系服务器或代理的管理员。',
    ],
    fixes: ['diagnose'],
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    en: [
      'The certificate that answered is not one of onsmqtt.cn-hangzhou.aliyuncs.com.',
      'Check the endpoint; a captive portal or a proxy may be in between.',
    ],
    zh: ['收到的证书不属于 onsmqtt.cn-hangzhou.aliyuncs.com。', '请检查接入点；中间可能有认证门户或代理。'],
    fixes: ['editInstance', 'proxySettings', 'diagnose'],
  },
  EPROTO: {
    en: [
      'What answers at onsmqtt.cn-hangzhou.aliyuncs.com does not speak TLS as it should.',
      'Check the endpoint and its port; a proxy may be in between.',
    ],
    zh: ['onsmqtt.cn-hangzhou.aliyuncs.com 的应答不是正常的 TLS。', '请检查接入点及其端口；中间可能有代理。'],
    fixes: ['editInstance', 'proxySettings', 'diagnose'],
  },
  ProxyAuthenticationRequired: {
    en: [
      'The proxy asks for a user name and a password, so nothing got to onsmqtt.cn-hangzhou.aliyuncs.com.',
      'Check what VS Code has for this proxy, or ask whoever runs it.',
    ],
    zh: [
      '代理要求用户名和密码，因此没有请求到达 onsmqtt.cn-hangzhou.aliyuncs.com。',
      '请检查 VS Code 中此代理的设置，或联系其管理员。',
    ],
    fixes: ['proxySettings', 'diagnose'],
  },
  ProxyRefused: {
    en: [
      'The proxy did not connect to onsmqtt.cn-hangzhou.aliyuncs.com.',
      'Ask whoever runs the proxy to allow this host, or name the host in "http.noProxy".',
    ],
    zh: [
      '代理没有连接到 onsmqtt.cn-hangzhou.aliyuncs.com。',
      '请让代理的管理员放行此主机，或将该主机加入“http.noProxy”。',
    ],
    fixes: ['proxySettings', 'diagnose'],
  },
  ProxyUnreachable: {
    en: [
      'The proxy could not be reached, so nothing got to onsmqtt.cn-hangzhou.aliyuncs.com.',
      'Check the address of the proxy in "http.proxy" or in the environment, and the VPN.',
    ],
    zh: [
      '无法连接代理，因此没有请求到达 onsmqtt.cn-hangzhou.aliyuncs.com。',
      '请检查“http.proxy”或环境变量中的代理地址，以及 VPN。',
    ],
    fixes: ['proxySettings', 'diagnose'],
  },
  EADDRNOTAVAIL: {
    en: ['The endpoint could not be reached.', 'Check the network, the proxy and the region or endpoint.'],
    zh: ['无法连接接入点。', '请检查网络、代理以及地域或接入点。'],
    fixes: ['diagnose', 'proxySettings', 'editInstance'],
  },
};
