/** Regions with an ApsaraMQ for MQTT endpoint, as documented; any other region is accepted as typed. */
export const REGION_IDS = [
  'cn-hangzhou', 'cn-shanghai', 'cn-beijing', 'cn-shenzhen', 'cn-qingdao', 'cn-zhangjiakou', 'cn-huhehaote',
  'cn-hongkong', 'cn-chengdu', 'cn-guangzhou', 'cn-wulanchabu', 'ap-southeast-1', 'ap-southeast-3', 'ap-southeast-5',
  'ap-southeast-6', 'ap-northeast-1', 'eu-central-1', 'us-west-1', 'us-east-1', 'me-central-1', 'cn-hangzhou-finance',
  'cn-shanghai-finance-1', 'cn-shenzhen-finance-1', 'mq-internet-access',
] as const;
